/** Keeps requests inside Graph's quotas, one lane per quota. */
@NullMarked
package io.tidemark.graph.pace;

import org.jspecify.annotations.NullMarked;
