package io.tidemark.diff.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/** Settles pending snapshots and announces the sealed ones, again after every interruption until the broker has the news. */
@ApplicationScoped
class SealWorker {

    private static final Logger LOG = Logger.getLogger(SealWorker.class);
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final SnapshotStore snapshots;
    private final Sealer sealer;
    private final EventPublisher publisher;
    private final LeaseStore leases;
    private final Operators operators;
    private final List<SealFollower> followers;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    SealWorker(
            SnapshotStore snapshots,
            Sealer sealer,
            EventPublisher publisher,
            LeaseStore leases,
            Operators operators,
            @All List<SealFollower> followers,
            MeterRegistry metrics,
            Clock clock) {
        this.snapshots = snapshots;
        this.sealer = sealer;
        this.publisher = publisher;
        this.leases = leases;
        this.operators = operators;
        this.followers = List.copyOf(followers);
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(every = "{tidemark.seal.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void settlePending() {
        List<Snapshot> pending = snapshots.pending();
        if (pending.isEmpty()) {
            return;
        }
        Optional<Lease> lease = leases.acquire("diff-seal", LEASE);
        if (lease.isEmpty()) {
            return;
        }
        // To hold a large snapshot against all that is stored takes longer than the lease.
        try (KeptLease kept = new KeptLease(leases, lease.get(), LEASE, clock, timer)) {
            settle(pending, kept);
        }
    }

    void end(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    // A full snapshot is held against everything that is stored, so what was captured before it has to be stored first.
    private void settle(List<Snapshot> pending, KeptLease kept) {
        Set<TenantId> waiting = new HashSet<>();
        pending.stream()
                .sorted(Comparator.comparing(snapshot -> Objects.requireNonNullElse(snapshot.instant(), Instant.MIN)))
                .filter(snapshot ->
                        snapshot.state() != State.PENDING || !snapshot.isFull() || !waiting.contains(snapshot.tenant()))
                .takeWhile(snapshot -> kept.isHeld())
                .filter(snapshot -> !settle(snapshot))
                .forEach(snapshot -> waiting.add(snapshot.tenant()));
    }

    private boolean settle(Snapshot pending) {
        Snapshot settled = pending;
        if (pending.state() == State.PENDING) {
            settled = sealer.examine(pending);
            if (settled.state() == State.PENDING) {
                return false;
            }
            snapshots.settle(settled);
            metrics.counter(
                            "tidemark.snapshots.settled",
                            "state",
                            settled.state().name())
                    .increment();
            LOG.infof(
                    "snapshot settled tenant=%s snapshot=%s state=%s reason=%s",
                    settled.tenant(), settled.id(), settled.state(), settled.reason());
        }
        if (settled.isSealed()) {
            Snapshot whole = settled;
            publisher.publish(announcement(whole));
            followers.forEach(follower -> follower.sealed(whole));
        }
        alert(settled);
        snapshots.announced(settled);
        return true;
    }

    private void alert(Snapshot settled) {
        String about = "snapshot/" + settled.id();
        switch (settled.state()) {
            case SUSPECT ->
                operators.tell(
                        settled.tenant(),
                        "snapshot-suspect",
                        about,
                        "snapshot " + settled.id() + " is suspect and retention is frozen until it is accepted: "
                                + String.join("; ", settled.suspect()),
                        settled.notedAt());
            case INCOMPLETE, FAILED ->
                operators.tell(
                        settled.tenant(),
                        "snapshot-incomplete",
                        about,
                        "snapshot " + settled.id() + " is " + settled.state() + ": " + settled.reason(),
                        settled.notedAt());
            case PENDING, SEALED -> {}
        }
    }

    private static Event<SnapshotSealed> announcement(Snapshot snapshot) {
        if (snapshot.instant() == null || snapshot.sealedAt() == null) {
            throw new IllegalStateException("sealed snapshot " + snapshot.id() + " has no instant");
        }
        String tenant = snapshot.tenant().toString();
        return new Event<>(
                Event.idOf(tenant, "snapshot-sealed", snapshot.id()),
                EventType.SNAPSHOT_SEALED,
                "/tenants/" + tenant + "/diff-service",
                "snapshot/" + snapshot.id(),
                snapshot.sealedAt(),
                tenant,
                null,
                new SnapshotSealed(
                        tenant,
                        snapshot.id(),
                        snapshot.instant(),
                        snapshot.counts(),
                        snapshot.suspect(),
                        snapshot.sealedAt()));
    }
}
