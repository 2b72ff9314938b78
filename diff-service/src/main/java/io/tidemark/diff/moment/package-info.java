/** Names moments of a tenant and says which instants they are. */
@NullMarked
package io.tidemark.diff.moment;

import org.jspecify.annotations.NullMarked;
