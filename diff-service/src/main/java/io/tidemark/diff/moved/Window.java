package io.tidemark.diff.moved;

import io.tidemark.diff.seal.Snapshot;
import java.time.Instant;
import java.util.Optional;

/**
 * The time that a capture took to read, both ends included. Graph has no consistent read, so a snapshot holds whatever was read of an object
 * somewhere in it.
 */
public record Window(Instant from, Instant to) {

    /** Empty while the capture runs. */
    public static Optional<Window> of(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.instant())
                .map(end -> new Window(snapshot.capture().startedAt(), end));
    }

    public boolean holds(Instant instant) {
        return !instant.isBefore(from) && !instant.isAfter(to);
    }
}
