/** What decides whether a sign-in passes: Conditional Access, locations, strengths, risk, other tenants. */
@NullMarked
package io.tidemark.simulator.rules.access;

import org.jspecify.annotations.NullMarked;
