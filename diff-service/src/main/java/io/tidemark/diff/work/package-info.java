/** Does long work under a lease: a document says what is to be done and how far it is, and whatever interrupts it, another worker goes on. */
@NullMarked
package io.tidemark.diff.work;

import org.jspecify.annotations.NullMarked;
