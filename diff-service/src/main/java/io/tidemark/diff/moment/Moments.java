package io.tidemark.diff.moment;

import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.retention.Past;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Says which instants moments are. */
@ApplicationScoped
public class Moments {

    private final SnapshotStore snapshots;
    private final Past past;
    private final Clock clock;

    public Moments(SnapshotStore snapshots, Past past, Clock clock) {
        this.snapshots = snapshots;
        this.past = past;
        this.clock = clock;
    }

    /**
     * The instant of a moment. What is live must be captured first and has none here.
     *
     * @throws ProblemException if there is no such snapshot, or it is not sealed, or the moment is the live tenant, or retention has thinned
     *     what was at the moment
     */
    public Instant instant(TenantId tenant, Moment moment) {
        if (moment instanceof Moment.At at) {
            past.require(tenant, at.instant());
            return at.instant();
        }
        if (moment instanceof Moment.Latest) {
            return clock.instant();
        }
        if (moment instanceof Moment.OfSnapshot named) {
            Instant instant = sealed(snapshots.fetch(tenant, named.id()));
            past.require(tenant, instant);
            return instant;
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

    /**
     * As {@link #trusted}; the moment is kept for a while, so that what is planned by it can be done.
     *
     * @throws ProblemException if the moment cannot be used
     */
    public Instant referred(TenantId tenant, Moment moment) {
        Instant instant = trusted(tenant, moment);
        if (!(moment instanceof Moment.Latest)) {
            past.refer(tenant, instant);
            past.require(tenant, instant);
        }
        return instant;
    }

    /**
     * Returns if all that was at an instant is kept. Asked after something has been read, it says that what was read was whole.
     *
     * @throws ProblemException if retention has thinned it
     */
    public void require(TenantId tenant, Instant instant) {
        past.require(tenant, instant);
    }

    /**
     * Reads what was at an instant, and gives it only if it was kept until then: what retention takes away meanwhile looks damaged.
     *
     * @throws ProblemException if retention has thinned it
     */
    public <T> T whole(TenantId tenant, Instant instant, Supplier<T> reading) {
        T read;
        try {
            read = reading.get();
        } catch (DamagedHistoryException e) {
            past.require(tenant, instant);
            throw e;
        }
        past.require(tenant, instant);
        return read;
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
