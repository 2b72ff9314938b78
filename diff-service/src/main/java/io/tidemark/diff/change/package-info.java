/** Keeps what the audit log said of each object and link. */
@NullMarked
package io.tidemark.diff.change;

import org.jspecify.annotations.NullMarked;
