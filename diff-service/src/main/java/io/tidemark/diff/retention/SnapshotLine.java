package io.tidemark.diff.retention;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.seal.Snapshot;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What retention needs to know of a snapshot; its types are left out, for there may be very many snapshots.
 *
 * @param told when it was sealed, by our own clock; of one that never was, when the news of its capture came
 */
record SnapshotLine(
        String id,
        Instant startedAt,
        @Nullable Instant instant,
        CaptureMode mode,
        Snapshot.State state,
        boolean isPinned,
        Instant told) {

    static SnapshotLine of(Snapshot snapshot) {
        return new SnapshotLine(
                snapshot.id(),
                snapshot.capture().startedAt(),
                snapshot.instant(),
                snapshot.capture().mode(),
                snapshot.state(),
                snapshot.remarks().pinned(),
                Objects.requireNonNullElse(snapshot.sealedAt(), snapshot.notedAt()));
    }

    boolean isFull() {
        return mode == CaptureMode.FULL;
    }

    /** Whether it is whole and nobody has to look at it first. */
    boolean isGood() {
        return isFull() && state == Snapshot.State.SEALED;
    }

    boolean isSealed() {
        return state == Snapshot.State.SEALED || state == Snapshot.State.SUSPECT;
    }
}
