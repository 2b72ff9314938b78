/** Checks that what is stored of a snapshot is what was sealed, and names every value that is not. */
@NullMarked
package io.tidemark.diff.verify;

import org.jspecify.annotations.NullMarked;
