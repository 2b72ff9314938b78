/** Who may ask: application registrations, tokens, keys, permissions per route. */
@NullMarked
package io.tidemark.simulator.identity;

import org.jspecify.annotations.NullMarked;
