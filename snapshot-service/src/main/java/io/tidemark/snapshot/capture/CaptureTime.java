package io.tidemark.snapshot.capture;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments for states: whole milliseconds, each later than the one before, and later than those of earlier captures. */
final class CaptureTime {

    private final Clock clock;
    private Instant latest;

    CaptureTime(Clock clock, Instant after) {
        this.clock = clock;
        this.latest = after;
    }

    Instant next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        latest = now.isAfter(latest) ? now : latest.plusMillis(1);
        return latest;
    }

    /** The moment by the clock, which no state gets. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The moment after the last one, whatever the clock says: for what was read together but is told apart. */
    Instant following() {
        latest = latest.plusMillis(1);
        return latest;
    }
}
