/** What is about to be done, before it is done, and what became of it: the record that makes a crash harmless. */
@NullMarked
package io.tidemark.restore.journal;

import org.jspecify.annotations.NullMarked;
