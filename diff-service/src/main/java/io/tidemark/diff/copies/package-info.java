/** Keeps copies of snapshots outside: which places there are, what goes there and when, and how a copy comes back. */
@NullMarked
package io.tidemark.diff.copies;

import org.jspecify.annotations.NullMarked;
