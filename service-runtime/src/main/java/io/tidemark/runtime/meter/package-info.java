/** Which meters the services show beside their own. */
@NullMarked
package io.tidemark.runtime.meter;

import org.jspecify.annotations.NullMarked;
