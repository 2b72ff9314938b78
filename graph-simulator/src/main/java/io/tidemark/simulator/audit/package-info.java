/** The audit log: an entry in Graph's words for every write, as late and as shuffled as Graph's. */
@NullMarked
package io.tidemark.simulator.audit;

import org.jspecify.annotations.NullMarked;
