/** Groups: creation, members, settings, expiry. */
@NullMarked
package io.tidemark.simulator.rules.group;

import org.jspecify.annotations.NullMarked;
