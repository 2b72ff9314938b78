/** Devices, and the policies that Intune has for them. */
@NullMarked
package io.tidemark.simulator.rules.device;

import org.jspecify.annotations.NullMarked;
