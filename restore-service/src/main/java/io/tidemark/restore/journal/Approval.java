package io.tidemark.restore.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody's agreement to exactly one plan. */
public record Approval(
        String decidedBy, String planHash, @Nullable String reason, Instant at) {}
