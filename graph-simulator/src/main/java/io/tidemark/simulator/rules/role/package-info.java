/** Roles and who holds them: definitions, assignments, schedules, approvals, administrative units. */
@NullMarked
package io.tidemark.simulator.rules.role;

import org.jspecify.annotations.NullMarked;
