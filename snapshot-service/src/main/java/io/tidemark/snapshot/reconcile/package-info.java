/** How what is known of a tenant is brought together again with what its history holds. */
@NullMarked
package io.tidemark.snapshot.reconcile;

import org.jspecify.annotations.NullMarked;
