/** From what the audit log says to what is read again at once. */
@NullMarked
package io.tidemark.snapshot.trigger;

import org.jspecify.annotations.NullMarked;
