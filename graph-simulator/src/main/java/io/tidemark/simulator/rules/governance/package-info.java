/** Entitlement management, access reviews and terms of use. */
@NullMarked
package io.tidemark.simulator.rules.governance;

import org.jspecify.annotations.NullMarked;
