/** What goes wrong on purpose: throttling, server errors, lost and broken answers, replicas that lag; by seed or by script. */
@NullMarked
package io.tidemark.simulator.fault;

import org.jspecify.annotations.NullMarked;
