/** When captures run: orders that wait, one capture at a time per tenant, and what becomes of one that breaks off. */
@NullMarked
package io.tidemark.snapshot.schedule;

import org.jspecify.annotations.NullMarked;
