/** Takes messages in, in batches, and hands them on; what cannot be read is parked. */
@NullMarked
package io.tidemark.diff.listen;

import org.jspecify.annotations.NullMarked;
