package io.tidemark.diff.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far retention is with a tenant.
 *
 * @param since every moment from here on is kept; null if nothing was ever thinned
 * @param lastGap which part of the time before that has been thinned, up to the last moment that is kept
 * @param lookedAt when the last round was, by the clock
 * @param leap a leap of the clock that nothing has confirmed yet; null if there is none
 * @param round what the last round did; null if there was none
 */
record Standing(
        @Nullable Instant since,
        @Nullable String lastGap,
        @Nullable Instant lookedAt,
        @Nullable Leap leap,
        @Nullable Round round) {

    static final Standing NONE = new Standing(null, null, null, null, null);

    /** The clock went on further than rounds lie apart. */
    record Leap(Instant from, Instant seen) {}

    /**
     * What a round did.
     *
     * @param snapshots how many snapshots it dropped
     * @param versions how many versions it thinned
     * @param held why it dropped nothing, or no more; null if it came to its end
     */
    public record Round(
            Instant began,
            Instant ended,
            long snapshots,
            long versions,
            @Nullable String held) {}
}
