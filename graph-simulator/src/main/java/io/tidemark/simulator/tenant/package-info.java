/** The directory of one tenant in memory: its tables, links both ways, recycle bin, journal, effect ledger, backups, and how it is changed. */
@NullMarked
package io.tidemark.simulator.tenant;

import org.jspecify.annotations.NullMarked;
