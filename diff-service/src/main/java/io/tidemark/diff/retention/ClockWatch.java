package io.tidemark.diff.retention;

import io.tidemark.diff.retention.Standing.Leap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Watches that nothing is dropped by a clock that leapt. A leap is believed once a good full snapshot has been sealed a good while after it: by then
 * the clock has gone on from where it leapt to, captures have worked by it, and operators have had the time to set it right. Pure.
 */
final class ClockWatch {

    private final Duration most;
    private final Duration hold;

    ClockWatch(Duration most, Duration hold) {
        this.most = most;
        this.hold = hold;
    }

    /** What is known of the clock after a look at it. */
    record Look(Instant at, @Nullable Leap leap, boolean isFirst) {
        boolean isTrusted() {
            return leap == null && !isFirst;
        }
    }

    /** @param sealed when the newest good full snapshot was sealed; null if there is none */
    Look look(Standing standing, Instant now, @Nullable Instant sealed) {
        Instant last = standing.lookedAt();
        if (last == null) {
            return new Look(now, null, true);
        }
        @Nullable Leap leap = standing.leap();
        if (leap != null && now.isBefore(leap.seen())) {
            // It was put back.
            leap = null;
        }
        if (Duration.between(last, now).compareTo(most) > 0) {
            return new Look(now, new Leap(last, now), false);
        }
        if (leap != null && sealed != null && !sealed.isBefore(leap.seen().plus(hold)) && !sealed.isAfter(now)) {
            leap = null;
        }
        return new Look(now, leap, false);
    }
}
