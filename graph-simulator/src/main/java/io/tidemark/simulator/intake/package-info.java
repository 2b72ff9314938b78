/** Reads tenants that were exported elsewhere: told kinds from files, folders and wrappers, spelling, links, and what cannot be taken. */
@NullMarked
package io.tidemark.simulator.intake;

import org.jspecify.annotations.NullMarked;
