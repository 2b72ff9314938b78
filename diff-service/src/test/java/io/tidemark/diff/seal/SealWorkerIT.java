package io.tidemark.diff.seal;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.AwayStore;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.ops.ToldOperators;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import io.tidemark.layout.SaidLines;
import io.tidemark.runtime.event.RecordedEvents;
import io.tidemark.runtime.lease.MongoLeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds in which one snapshot cannot be settled. */
class SealWorkerIT {

    private static final Instant T0 = SampleStates.START;

    private final String database = Database.fresh();
    private final HistoryStore history = new MongoHistoryStore(Database.client(), database);
    private final AccountStore accounts = StoredAccounts.in(Database.client(), database);
    private final SnapshotStore snapshots = new MongoSnapshotStore(Database.client(), database);
    private final MovableClock clock = new MovableClock(SampleStates.START);
    private final RecordedEvents events = new RecordedEvents();
    private final TenantId damaged = new TenantId(UUID.randomUUID());
    private final TenantId sound = new TenantId(UUID.randomUUID());
    private final AtomicInteger followed = new AtomicInteger();
    private final List<SealFollower> followers = new ArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private SealWorker worker;

    @AfterEach
    void stop() {
        worker.end(null);
    }

    @Test
    void anExaminationThatThrowsEndsTheRoundForNoOtherAndIsGivenUpInTheEnd() {
        capture(damaged, "c1", T0);
        capture(sound, "c2", T0.plusSeconds(60));
        Database.client()
                .getDatabase(database)
                .getCollection("objects")
                .updateOne(eq("_id", damaged + "|user|u1"), Updates.set("at", "yesterday"));
        begin();

        worker.settlePending();

        assertThat(state(sound, "c2")).isEqualTo(State.SEALED);
        assertThat(state(damaged, "c1")).isEqualTo(State.PENDING);
        for (int round = 0; round < 30; round++) {
            clock.move(Duration.ofMinutes(5));
            worker.settlePending();
        }
        assertThat(snapshots.find(damaged, "c1").orElseThrow()).satisfies(given -> {
            assertThat(given.state()).isEqualTo(State.INCOMPLETE);
            assertThat(given.reason())
                    .contains("could not be examined in 12 attempts", "DateTimeParseException", "log")
                    .doesNotContain("yesterday");
        });
        assertThat(events.about("snapshot/c1"))
                .singleElement()
                .satisfies(told -> assertThat(told).contains("snapshot-incomplete"));
        assertThat(snapshots.pending()).isEmpty();
    }

    @Test
    void oneWhoseNewsCannotBeToldIsToldAgainLaterAndHoldsUpNoOther() {
        capture(damaged, "c1", T0);
        capture(sound, "c2", T0.plusSeconds(60));
        followers.add(snapshot -> {
            if (snapshot.tenant().equals(damaged) && followed.incrementAndGet() < 3) {
                throw new IllegalStateException("no place for copies");
            }
        });
        begin();

        for (int round = 0; round < 50; round++) {
            worker.settlePending();
        }
        assertThat(state(sound, "c2")).isEqualTo(State.SEALED);
        assertThat(followed).as("it rests before it is told again").hasValue(1);

        for (int round = 0; round < 5; round++) {
            clock.move(Duration.ofMinutes(5));
            worker.settlePending();
        }
        assertThat(followed).hasValue(3);
        assertThat(snapshots.pending()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsForTheRoundsToTellAndCountsAsNoFailure() {
        capture(sound, "c1", T0);
        begin();
        away.set(true);
        try (SaidLines said = SaidLines.of(SealWorker.class)) {
            for (int round = 0; round < 15; round++) {
                clock.move(Duration.ofMinutes(5));
                assertThatThrownBy(worker::settlePending).isInstanceOf(MongoTimeoutException.class);
            }
            assertThat(said.lines()).isEmpty();
        }
        assertThat(state(sound, "c1")).isEqualTo(State.PENDING);

        away.set(false);
        worker.settlePending();

        assertThat(state(sound, "c1")).isEqualTo(State.SEALED);
    }

    private State state(TenantId tenant, String id) {
        return snapshots.find(tenant, id).orElseThrow().state();
    }

    private void capture(TenantId tenant, String id, Instant at) {
        SampleStates states = new SampleStates(tenant);
        states.capture(id, at);
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        history.apply(tenant, states.published());
        List<Account.Entry> entries = new ArrayList<>();
        states.published()
                .forEach(state -> entries.add(new Account.Entry(entries.size(), state.key(), state.stateHash())));
        accounts.add(tenant, id, 0, entries);
        new Captures(snapshots, clock).completed(states.completed(CaptureMode.FULL, at.plusSeconds(5)));
    }

    private void begin() {
        SealConfig config = new SealerIT.TestConfig();
        worker = new SealWorker(
                snapshots,
                new Sealer(AwayStore.of(HistoryStore.class, history, away::get), accounts, snapshots, config, clock),
                events.publisher(),
                new MongoLeaseStore(Database.client(), database, clock),
                ToldOperators.by(events),
                followers,
                config,
                new SimpleMeterRegistry(),
                clock);
    }
}
