/** The directory of one tenant in memory: kinds as tables, their rules, links both ways, recycle bin, journal and effect ledger. */
@NullMarked
package io.tidemark.simulator.tenant;

import org.jspecify.annotations.NullMarked;
