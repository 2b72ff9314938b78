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

    /**
     * As {@link #instant}, for a moment that the tenant is to be taken back to: a suspect snapshot must have been accepted first.
     *
     * @throws ProblemException also if the moment is a suspect snapshot that nobody has accepted
     */
    public Instant trusted(TenantId tenant, Moment moment) {
        Instant instant = instant(tenant, moment);
        if (moment instanceof Moment.OfSnapshot named
                && snapshots.find(tenant, named.id()).stream()
                        .anyMatch(snapshot -> snapshot.state() == Snapshot.State.SUSPECT)) {
            throw ProblemException.conflict(
                    "snapshot-suspect",
                    "snapshot " + named.id()
                            + " is suspect; an operator must accept it before anything is restored from it");
        }
        return instant;
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
