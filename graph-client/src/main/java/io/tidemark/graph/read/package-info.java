/** Reads objects, links, changes and the recycle bin. */
@NullMarked
package io.tidemark.graph.read;

import org.jspecify.annotations.NullMarked;
