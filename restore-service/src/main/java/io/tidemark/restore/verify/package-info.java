/** Reads back what was written and says what did not take: success is claimed only for what was seen. */
@NullMarked
package io.tidemark.restore.verify;

import org.jspecify.annotations.NullMarked;
