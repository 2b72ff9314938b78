/** How services ask each other. */
@NullMarked
package io.tidemark.runtime.neighbour;

import org.jspecify.annotations.NullMarked;
