/** What stores have in common. */
@NullMarked
package io.tidemark.runtime.store;

import org.jspecify.annotations.NullMarked;
