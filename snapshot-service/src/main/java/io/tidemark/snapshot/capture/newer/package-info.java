/** Properties that Graph declares and the catalogue does not know yet. */
@NullMarked
package io.tidemark.snapshot.capture.newer;

import org.jspecify.annotations.NullMarked;
