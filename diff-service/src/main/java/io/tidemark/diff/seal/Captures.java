package io.tidemark.diff.seal;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what captures say of themselves. */
@ApplicationScoped
public class Captures {

    private final SnapshotStore snapshots;
    private final Clock clock;

    public Captures(SnapshotStore snapshots, Clock clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    public void started(CaptureReport capture) {
        snapshots.begin(snapshot(capture, State.PENDING));
    }

    /**
     * The capture is one that was suspect elsewhere: once it has ended and is stored, it is suspect here for the same reasons, unless somebody
     * has accepted it there.
     */
    public void doubted(CaptureReport capture, List<String> suspect, @Nullable Acceptance accepted) {
        if (!suspect.isEmpty()) {
            snapshots.begin(snapshot(capture, State.PENDING, suspect).accepted(accepted));
        }
    }

    /** The capture has read and published everything; whether it is stored is yet to be seen. */
    public void completed(CaptureReport capture) {
        snapshots.end(snapshot(capture, State.PENDING));
    }

    public void incomplete(CaptureReport capture) {
        snapshots.end(snapshot(capture, State.INCOMPLETE));
    }

    public void failed(CaptureReport capture) {
        snapshots.end(snapshot(capture, State.FAILED));
    }

    private Snapshot snapshot(CaptureReport capture, State state) {
        return snapshot(capture, state, List.of());
    }

    private Snapshot snapshot(CaptureReport capture, State state, List<String> suspect) {
        return new Snapshot(
                TenantId.parse(capture.tenantId()),
                capture.captureId(),
                state,
                capture,
                clock.instant(),
                suspect,
                capture.reason(),
                null);
    }
}
