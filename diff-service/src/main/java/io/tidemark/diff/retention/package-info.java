/** Drops snapshots and thins versions by a policy, and says which moments of a tenant can still be asked for. */
@NullMarked
package io.tidemark.diff.retention;

import org.jspecify.annotations.NullMarked;
