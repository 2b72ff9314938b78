package io.tidemark.diff.retention;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A tenant that is captured for weeks, and what it was at each moment, remembered apart from the store. */
final class RandomPast {

    private static final int USERS = 8;

    final TenantId tenant;
    final MovableClock clock = new MovableClock(SampleStates.START);
    final MongoHistoryStore history;
    final MongoSnapshotStore snapshots;
    final List<Taken> taken = new ArrayList<>();
    final TreeMap<Instant, Map<StateKey, String>> truth = new TreeMap<>();
    private final Random random;
    private final SampleStates states;
    private final Map<StateKey, String> now = new HashMap<>();
    private int captures;

    RandomPast(TenantId tenant, String database, long seed) {
        this.tenant = tenant;
        this.random = new Random(seed);
        this.states = new SampleStates(tenant);
        this.history = new MongoHistoryStore(Database.client(), database);
        this.snapshots = new MongoSnapshotStore(Database.client(), database);
    }

    /** A snapshot as it was when it was taken. */
    record Taken(
            String id, CaptureReport report, State state, Instant sealedAt, boolean pinned, Set<StateKey> readTwice) {
        boolean isGood() {
            return report.mode() == CaptureMode.FULL && state == State.SEALED;
        }
    }

    /** Some hours go by, something changes, and it is captured. */
    Taken capture(boolean mayBeSuspect) {
        clock.move(Duration.ofMinutes(120 + random.nextInt(700)));
        Instant start = clock.instant();
        String id = "c" + captures++;
        states.capture(id, start);
        changes(captures == 1 ? USERS * 2 : random.nextInt(5));
        history.apply(tenant, states.published());
        truth.put(start, new HashMap<>(now));
        List<io.tidemark.contracts.ObjectState> first = List.copyOf(states.published());
        states.at(start.plusSeconds(20));
        changes(random.nextInt(3));
        history.apply(
                tenant,
                states.published().subList(first.size(), states.published().size()));
        Instant end = start.plusSeconds(30);
        truth.put(end, new HashMap<>(now));
        clock.move(Duration.ofSeconds(40));
        CaptureMode mode = random.nextInt(3) == 0 ? CaptureMode.INCREMENTAL : CaptureMode.FULL;
        CaptureReport told = states.at(start).completed(mode, end);
        State state = state(mayBeSuspect);
        boolean pinned = random.nextInt(12) == 0;
        Taken one = new Taken(id, told, state, clock.instant(), pinned, history.supersededWithin(tenant, start, end));
        settle(one);
        taken.add(one);
        return one;
    }

    private State state(boolean mayBeSuspect) {
        int dice = random.nextInt(14);
        if (dice == 0) {
            return State.INCOMPLETE;
        }
        return dice == 1 && mayBeSuspect ? State.SUSPECT : State.SEALED;
    }

    private void settle(Taken one) {
        Snapshot pending = snapshot(one, State.PENDING);
        snapshots.begin(pending);
        snapshots.end(pending);
        Snapshot settled = snapshot(one, one.state());
        snapshots.settle(settled);
        snapshots.announced(settled);
        if (one.pinned()) {
            snapshots.remark(tenant, one.id(), "kept", true);
        }
    }

    private Snapshot snapshot(Taken one, State state) {
        boolean sealed = state == State.SEALED || state == State.SUSPECT;
        return new Snapshot(
                tenant,
                one.id(),
                state,
                one.report(),
                one.sealedAt(),
                state == State.SUSPECT ? List.of("user shrank") : List.of(),
                state == State.INCOMPLETE ? "made so" : null,
                sealed ? one.sealedAt() : null);
    }

    void accept(Taken one) {
        snapshots.accept(tenant, one.id(), new Snapshot.Acceptance("ada", "meant", clock.instant()));
        taken.replaceAll(other -> other.id().equals(one.id())
                ? new Taken(one.id(), one.report(), State.SEALED, one.sealedAt(), one.pinned(), one.readTwice())
                : other);
    }

    /** One changes at every moment, so that its document soon lists its newest versions only. */
    private void changes(int count) {
        now.put(
                new StateKey("user", "restless"),
                states.user("restless", "R" + random.nextInt()).stateHash());
        // A thing has one state at one moment.
        Set<String> changed = new HashSet<>();
        for (int i = 0; i < count; i++) {
            String user = "u" + random.nextInt(USERS);
            StateKey key = new StateKey("user", user);
            Link link = Link.of(LinkKind.GROUP_MEMBERS, "g1", user);
            if (!changed.add(user)) {
                continue;
            }
            switch (random.nextInt(5)) {
                case 0 -> gone(key);
                case 1 -> gone(link.key());
                case 2 -> now.put(link.key(), states.link(link, "user").stateHash());
                default ->
                    now.put(key, states.user(user, "D" + random.nextInt(1000)).stateHash());
            }
        }
    }

    private void gone(StateKey key) {
        if (now.remove(key) != null) {
            states.delete(key, random.nextBoolean() ? Deletion.SOFT : Deletion.HARD);
        }
    }
}
