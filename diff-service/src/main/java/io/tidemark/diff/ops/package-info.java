/** Tells operators what they should know. */
@NullMarked
package io.tidemark.diff.ops;

import org.jspecify.annotations.NullMarked;
