package io.tidemark.diff.history;

import io.tidemark.directory.StateKey;
import java.time.Instant;

/** Names one version exactly. */
public record VersionRef(StateKey key, Instant at) {}
