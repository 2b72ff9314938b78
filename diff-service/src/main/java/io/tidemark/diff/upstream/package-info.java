/** Reaches the service that this one takes its states from. */
@NullMarked
package io.tidemark.diff.upstream;

import org.jspecify.annotations.NullMarked;
