package io.tidemark.diff.history;

import io.tidemark.directory.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * One key at two instants.
 *
 * @param key the object or link
 * @param before its version at the earlier instant; null if it was not known
 * @param after its version at the later instant; null if it was not known
 */
public record Span(StateKey key, @Nullable Version before, @Nullable Version after) {}
