/** Token buckets per service with Graph's costs and headers. */
@NullMarked
package io.tidemark.simulator.quota;

import org.jspecify.annotations.NullMarked;
