/** Looks into the simulator and steers it: ledger, state, export, faults, lateness, quotas, clock, incidents. */
@NullMarked
package io.tidemark.simulator.control;

import org.jspecify.annotations.NullMarked;
