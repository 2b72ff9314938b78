package io.tidemark.diff.retention;

import io.quarkus.arc.All;
import io.tidemark.diff.history.History;
import io.tidemark.diff.retention.Planner.Known;
import io.tidemark.diff.seal.DroppedSnapshot;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.TaskStore;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gathers what a plan is made of. */
@ApplicationScoped
class Survey {

    /** So many snapshots are looked at in one round; the others are a later one's. */
    static final int MOST = 20_000;

    private static final int PAGE = 50;

    private final SnapshotStore snapshots;
    private final RetentionStore store;
    private final TaskStore tasks;
    private final List<OpenWork> open;
    private final RetentionConfig config;
    private final Clock clock;

    Survey(
            SnapshotStore snapshots,
            RetentionStore store,
            TaskStore tasks,
            @All List<OpenWork> open,
            RetentionConfig config,
            Clock clock) {
        this.snapshots = snapshots;
        this.store = store;
        this.tasks = tasks;
        this.open = List.copyOf(open);
        this.config = config;
        this.clock = clock;
    }

    Known known(TenantId tenant, Policy policy, Instant now) {
        List<SnapshotLine> lines = new ArrayList<>();
        snapshots.eachBefore(tenant, policy.cut(now), MOST, snapshot -> lines.add(SnapshotLine.of(snapshot)));
        Set<String> openSnapshots = openSnapshots(tenant);
        // What is settled and not told yet is looked at once more by whoever tells it.
        snapshots.pending().stream()
                .filter(snapshot -> snapshot.tenant().equals(tenant))
                .forEach(snapshot -> openSnapshots.add(snapshot.id()));
        return new Known(
                lines,
                lines.size() < MOST ? Instant.MAX : lines.get(lines.size() - 1).startedAt(),
                Set.copyOf(lastGood(tenant, policy.last())),
                openSnapshots,
                open(tenant),
                referred(tenant),
                store.standing(tenant).since(),
                instant -> store.isKept(tenant, instant));
    }

    /** The ids of snapshots that tasks which have not ended are about. */
    private Set<String> openSnapshots(TenantId tenant) {
        return tasks.due(History.NEWEST).stream()
                .filter(name -> name.tenant().equals(tenant))
                .flatMap(name -> tasks.find(tenant, name.id()).stream())
                .map(Task::subject)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The moments that work which has not ended needs. */
    Set<Instant> open(TenantId tenant) {
        Set<Instant> needed = new HashSet<>();
        open.forEach(work -> needed.addAll(work.moments(tenant)));
        openSnapshots(tenant)
                .forEach(id -> snapshots
                        .find(tenant, id)
                        .map(Snapshot::instant)
                        .or(() -> snapshots.findDropped(tenant, id).map(DroppedSnapshot::instant))
                        .ifPresent(needed::add));
        return needed;
    }

    /** The moments that restores asked for lately. */
    Set<Instant> referred(TenantId tenant) {
        return store.referred(tenant, clock.instant().minus(config.referred()));
    }

    /** The ids of a tenant's last good full snapshots, newest first. */
    List<String> lastGood(TenantId tenant, int count) {
        List<String> good = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            SnapshotStore.Page page = snapshots.list(tenant, PAGE, cursor);
            page.snapshots().stream()
                    .filter(snapshot -> SnapshotLine.of(snapshot).isGood())
                    .limit((long) count - good.size())
                    .forEach(snapshot -> good.add(snapshot.id()));
            cursor = page.next();
        } while (cursor != null && good.size() < count);
        return good;
    }

    /** The suspect snapshots that nobody has accepted. */
    List<String> frozenBy(TenantId tenant) {
        return snapshots.doubted(tenant).stream().sorted().toList();
    }

    /** When the newest good full snapshot was sealed; null if there is none. */
    @Nullable
    Instant sealedLast(TenantId tenant) {
        return snapshots.lastTrusted(tenant).map(Snapshot::sealedAt).orElse(null);
    }

    /** What stands in the way of a round. */
    Optional<Obstacle> obstacle(TenantId tenant, ClockWatch.Look look, @Nullable Instant sealed) {
        Optional<Obstacle> frozen = frozen(tenant);
        if (frozen.isPresent()) {
            return frozen;
        }
        if (look.isFirst()) {
            return Optional.of(new Obstacle(
                    Obstacle.Kind.FIRST_LOOK, "the first round after retention was turned on drops nothing"));
        }
        if (!look.isTrusted()) {
            Standing.Leap leap = Objects.requireNonNull(look.leap());
            return Optional.of(new Obstacle(
                    Obstacle.Kind.CLOCK,
                    "the clock went from " + leap.from() + " to " + leap.seen()
                            + " between two rounds; it is believed once a good full snapshot is sealed after "
                            + leap.seen().plus(config.clockHold())));
        }
        if (sealed == null) {
            return Optional.of(
                    new Obstacle(Obstacle.Kind.NO_GOOD_SNAPSHOT, "the tenant has no good full snapshot yet"));
        }
        if (sealed.isAfter(look.at())) {
            return Optional.of(new Obstacle(
                    Obstacle.Kind.SEALED_AHEAD,
                    "the newest good full snapshot was sealed at " + sealed + ", which is still to come"));
        }
        return snapshots.pending().stream()
                .filter(snapshot -> snapshot.tenant().equals(tenant) && snapshot.isFull())
                .filter(snapshot -> snapshot.state() == Snapshot.State.PENDING)
                .findFirst()
                .map(snapshot -> new Obstacle(
                        Obstacle.Kind.UNSETTLED, "it is not known yet whether snapshot " + snapshot.id() + " is good"));
    }

    /** Whether a suspect snapshot freezes retention. */
    Optional<Obstacle> frozen(TenantId tenant) {
        List<String> by = frozenBy(tenant);
        return by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        Obstacle.Kind.FROZEN,
                        "frozen until somebody accepts the suspect snapshots " + String.join(", ", by)));
    }
}
