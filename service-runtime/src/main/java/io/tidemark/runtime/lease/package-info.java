/** Leases with fencing: at most one worker believes that it holds a piece of long work. */
@NullMarked
package io.tidemark.runtime.lease;

import org.jspecify.annotations.NullMarked;
