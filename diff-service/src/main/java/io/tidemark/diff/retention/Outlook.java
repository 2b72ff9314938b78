package io.tidemark.diff.retention;

import io.tidemark.diff.retention.Plan.Drop;
import io.tidemark.diff.retention.Standing.Round;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What retention holds of a tenant and would do next.
 *
 * @param policy the policy; null if everything is kept
 * @param frozenBy suspect snapshots that nobody has accepted: nothing is dropped because of them
 * @param held why a round would drop nothing now; null if nothing stands in the way
 * @param since every moment from here on is kept; null if everything is
 * @param kept the single moments that are kept before that
 * @param last the last good full snapshots, which are kept however old they are
 * @param nextSince from when on every moment would be kept after the next round
 * @param drops the snapshots that the next round would drop
 * @param versions how many versions it would thin, counted up to {@link #MOST_COUNTED}
 * @param round what the last round did; null if there was none
 */
public record Outlook(
        @Nullable Policy policy,
        List<String> frozenBy,
        @Nullable String held,
        @Nullable Instant since,
        List<KeptMoment> kept,
        List<String> last,
        @Nullable Instant nextSince,
        List<Going> drops,
        long versions,
        @Nullable LastRound round) {

    /** No more versions are counted ahead. */
    public static final int MOST_COUNTED = 100_000;

    public Outlook {
        frozenBy = List.copyOf(frozenBy);
        kept = List.copyOf(kept);
        last = List.copyOf(last);
        drops = List.copyOf(drops);
    }

    /** A snapshot that would be dropped. */
    public record Going(String snapshotId, @Nullable Instant instant, String rule) {
        static Going of(Drop drop) {
            return new Going(
                    drop.snapshot().id(), drop.snapshot().instant(), drop.rule().name());
        }
    }

    /** What a round did: how many snapshots and versions went, and why no more; null if it came to its end. */
    public record LastRound(
            Instant began,
            Instant ended,
            long snapshots,
            long versions,
            @Nullable String held) {

        static @Nullable LastRound of(@Nullable Round round) {
            return round == null
                    ? null
                    : new LastRound(round.began(), round.ended(), round.snapshots(), round.versions(), round.held());
        }
    }
}
