/** Writes snapshots as signed bundles that can be read without Tidemark, and reads them back. */
@NullMarked
package io.tidemark.diff.bundle;

import org.jspecify.annotations.NullMarked;
