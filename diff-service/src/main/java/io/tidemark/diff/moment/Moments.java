package io.tidemark.diff.moment;

import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Says which instants moments are. */
@ApplicationScoped
public class Moments {

    private final SnapshotStore snapshots;
    private final Clock clock;

    public Moments(SnapshotStore snapshots, Clock clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    /**
     * The instant of a moment. What is live must be captured first and has none here.
     *
     * @throws ProblemException if there is no such snapshot, or it is not sealed, or the moment is the live tenant
     */
    public Instant instant(TenantId tenant, Moment moment) {
        if (moment instanceof Moment.At at) {
            return at.instant();
        }
        if (moment instanceof Moment.Latest) {
            return clock.instant();
        }
        if (moment instanceof Moment.OfSnapshot named) {
            Snapshot snapshot = snapshots
                    .find(tenant, named.id())
                    .orElseThrow(() -> ProblemException.notFound(
                            "unknown-snapshot", "snapshot " + named.id() + " is not known for this tenant"));
            return sealed(snapshot);
        }
        throw ProblemException.badRequest("live-not-possible", "the live tenant cannot be meant here");
    }

    private static Instant sealed(Snapshot snapshot) {
        Instant instant = snapshot.instant();
        if (!snapshot.isSealed() || instant == null) {
            throw ProblemException.conflict(
                    "snapshot-not-sealed",
                    "snapshot " + snapshot.id() + " is " + snapshot.state() + " and cannot be relied on");
        }
        return instant;
    }
}
