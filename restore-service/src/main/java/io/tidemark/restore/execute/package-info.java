/** Sends the steps of an approved plan, at most once each. The only user of Graph's writing side. */
@NullMarked
package io.tidemark.restore.execute;

import org.jspecify.annotations.NullMarked;
