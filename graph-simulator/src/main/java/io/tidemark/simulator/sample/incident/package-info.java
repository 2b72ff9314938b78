/** Incidents as data, and the runner that plays them against a tenant through Graph calls, each with an application's own identity. */
@NullMarked
package io.tidemark.simulator.sample.incident;

import org.jspecify.annotations.NullMarked;
