/** Graph over HTTP: routes, query options, pages, deltas, batches, errors; and the token endpoint. */
@NullMarked
package io.tidemark.simulator.http;

import org.jspecify.annotations.NullMarked;
