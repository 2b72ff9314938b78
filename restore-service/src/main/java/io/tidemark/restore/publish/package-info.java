/** Tells the other services what became of restores and their steps. */
@NullMarked
package io.tidemark.restore.publish;

import org.jspecify.annotations.NullMarked;
