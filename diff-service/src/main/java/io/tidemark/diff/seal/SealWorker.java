package io.tidemark.diff.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.diff.work.Attempts;
import io.tidemark.diff.work.Unforeseen;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.runtime.event.Outage;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.store.MongoOutage;
import io.tidemark.runtime.time.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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
    private final SealConfig config;
    private final MeterRegistry metrics;
    private final Attempts attempts;
    private final Clock clock;
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Rounds rounds;

    SealWorker(
            SnapshotStore snapshots,
            Sealer sealer,
            EventPublisher publisher,
            LeaseStore leases,
            Operators operators,
            @All List<SealFollower> followers,
            SealConfig config,
            MeterRegistry metrics,
            Clock clock) {
        this.snapshots = snapshots;
        this.sealer = sealer;
        this.publisher = publisher;
        this.leases = leases;
        this.operators = operators;
        this.followers = List.copyOf(followers);
        this.attempts = new Attempts(config.attempts(), config.longestPause());
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    void begin(@Observes StartupEvent event) {
        rounds = Rounds.begin("seal", config.every(), this::settlePending);
    }

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
        if (rounds != null) {
            rounds.close();
        }
        timer.shutdownNow();
    }

    // A full snapshot is held against everything that is stored, so what was captured before it has to be stored first.
    private void settle(List<Snapshot> pending, KeptLease kept) {
        Set<TenantId> waiting = new HashSet<>();
        rests.keySet().retainAll(pending.stream().map(SealWorker::name).toList());
        pending.stream()
                .sorted(Comparator.comparing(snapshot -> Objects.requireNonNullElse(snapshot.instant(), Instant.MIN)))
                .filter(snapshot ->
                        snapshot.state() != State.PENDING || !snapshot.isFull() || !waiting.contains(snapshot.tenant()))
                .takeWhile(snapshot -> kept.isHeld())
                .filter(snapshot -> !settle(snapshot))
                .forEach(snapshot -> waiting.add(snapshot.tenant()));
    }

    /** Whether the snapshot has its final state now. One that cannot be settled or told holds up no other for longer than that takes. */
    private boolean settle(Snapshot pending) {
        Snapshot now = pending;
        Rest rest = rests.getOrDefault(name(pending), Rest.NONE);
        if (!rest.until().isAfter(clock.instant())) {
            try {
                now = pending.state() == State.PENDING ? settled(pending) : pending;
                if (now.state() != State.PENDING) {
                    tell(now);
                    rests.remove(name(pending));
                }
            } catch (RuntimeException e) {
                if (MongoOutage.isBehind(e)) {
                    // Nothing else can be settled either; the rounds say so, once.
                    throw e;
                }
                int failures = rest.failures() + 1;
                rests.put(name(pending), new Rest(failures, clock.instant().plus(attempts.pause(failures))));
                complain(now, e);
            }
        }
        return now.state() != State.PENDING;
    }

    private static void complain(Snapshot left, RuntimeException e) {
        if (e instanceof PublishException) {
            LOG.warnf(
                    "snapshot not told, to be tried again tenant=%s snapshot=%s reason=%s todo=%s",
                    left.tenant(), left.id(), e.getMessage(), Outage.TODO);
        } else {
            LOG.errorf(e, "snapshot not settled, to be tried again tenant=%s snapshot=%s", left.tenant(), left.id());
        }
    }

    private Snapshot settled(Snapshot pending) {
        Snapshot settled = examined(pending);
        if (settled.state() != State.PENDING) {
            snapshots.settle(settled);
            metrics.counter(
                            "tidemark.snapshots.settled",
                            "state",
                            settled.state().name())
                    .increment();
            LOG.infof(
                    "snapshot settled tenant=%s snapshot=%s state=%s reason=%s",
                    settled.tenant(), settled.id(), settled.state(), Objects.requireNonNullElse(settled.reason(), "-"));
        }
        return settled;
    }

    private Snapshot examined(Snapshot pending) {
        try {
            return sealer.examine(pending);
        } catch (RuntimeException e) {
            if (MongoOutage.isBehind(e)) {
                throw e;
            }
            int failures = snapshots.stumbled(pending);
            if (!attempts.areOver(failures)) {
                throw e;
            }
            LOG.errorf(e, "snapshot given up tenant=%s snapshot=%s", pending.tenant(), pending.id());
            return pending.withState(
                    State.INCOMPLETE,
                    "it could not be examined in " + failures + " attempts because of " + Unforeseen.reason(e));
        }
    }

    private void tell(Snapshot settled) {
        if (settled.isSealed()) {
            publisher.publish(announcement(settled));
            followers.forEach(follower -> follower.sealed(settled));
        }
        alert(settled);
        snapshots.announced(settled);
    }

    private static String name(Snapshot snapshot) {
        return snapshot.tenant() + "|" + snapshot.id();
    }

    /** Until when a snapshot that could not be settled or told rests. */
    private record Rest(int failures, Instant until) {
        static final Rest NONE = new Rest(0, Instant.MIN);
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
