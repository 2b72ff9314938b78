/** Scenarios as an operator would tell them, played on the whole stack and judged by what the simulated tenant itself says. */
@NullMarked
package io.tidemark.scenario;

import org.jspecify.annotations.NullMarked;
