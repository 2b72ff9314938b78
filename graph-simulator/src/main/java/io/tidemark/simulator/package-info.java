/** A tenant in a box: Microsoft Graph's directory with its rules, quotas, lateness and faults, as a library and as a program. */
@NullMarked
package io.tidemark.simulator;

import org.jspecify.annotations.NullMarked;
