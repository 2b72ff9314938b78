/** Changes a tenant, one request or one batch at a time, and says truthfully what is known of the outcome. */
@NullMarked
package io.tidemark.graph.write;

import org.jspecify.annotations.NullMarked;
