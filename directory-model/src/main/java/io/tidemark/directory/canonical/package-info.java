/** Canonical form and content hash: the same content gives the same hash, whatever order it came in. */
@NullMarked
package io.tidemark.directory.canonical;

import org.jspecify.annotations.NullMarked;
