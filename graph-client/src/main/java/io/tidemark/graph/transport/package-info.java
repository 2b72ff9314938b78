/** Sends single requests to one tenant's Graph: identity, pacing, repetition and errors with names. */
@NullMarked
package io.tidemark.graph.transport;

import org.jspecify.annotations.NullMarked;
