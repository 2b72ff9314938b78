package io.tidemark.diff.report;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.model.Updates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.Selection.ObjectKey;
import io.tidemark.diff.AwayStore;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.change.StoredChanges;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.moved.Moves;
import io.tidemark.diff.report.ReportStore.Position;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonString;
import io.tidemark.layout.MovableClock;
import io.tidemark.layout.SaidLines;
import io.tidemark.runtime.event.RecordedEvents;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.lease.MongoLeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports that cannot be built, and such as are very large. */
class ReportWorkerIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant T1 = T0.plusSeconds(3600);
    private static final int MEGABYTE = 1 << 20;

    private final String database = Database.fresh();
    private final MongoHistoryStore history = new MongoHistoryStore(Database.client(), database);
    private final ReportStore store = new MongoReportStore(Database.client(), database);
    private final RecordedEvents events = new RecordedEvents();
    private final MovableClock clock = new MovableClock(SampleStates.START);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private final AtomicBoolean away = new AtomicBoolean();
    private ReportWorker worker;

    @BeforeEach
    void worker() {
        ChangeStore changes = StoredChanges.in(Database.client(), database);
        worker = new ReportWorker(
                AwayStore.of(ReportStore.class, store, away::get),
                new ReportBuilder(new History(history), (of, at) -> true, changes, new Moves(changes, history)),
                new ReportAnnouncer(events.publisher()),
                new MongoSnapshotStore(Database.client(), database),
                live -> {
                    away.set(true);
                    throw new MongoTimeoutException("no server");
                },
                AwayStore.of(LeaseStore.class, new MongoLeaseStore(Database.client(), database, clock), away::get),
                new TestConfig(),
                new SimpleMeterRegistry(),
                clock);
    }

    @AfterEach
    void stop() {
        worker.stop(null);
    }

    @Test
    void oneThatCannotBeBuiltIsGivenUpAndSaysWhereAndHoldsUpNoOther() {
        users("u1", "u2");
        alter("user|u1", "at", "yesterday");
        store.enqueue(report("r1", "u1"));
        store.enqueue(report("r2", "u2"));

        workUntilEnded("r1", "r2");

        assertThat(find("r2").state()).isEqualTo(Report.State.READY);
        assertThat(find("r2").items()).isEqualTo(1);
        assertThat(find("r1").state()).isEqualTo(Report.State.FAILED);
        assertThat(find("r1").reason())
                .contains("given up after 4 attempts", "DateTimeParseException", "log")
                .doesNotContain("yesterday");
        assertThat(events.about("report/r1")).hasSize(1);
    }

    @Test
    void oneThatRestsIsNotTriedMeanwhile() {
        users("u1", "u2");
        alter("user|u1", "at", "yesterday");
        store.enqueue(report("r1", "u1"));
        worker.lookAtQueue();
        await().untilAsserted(() -> assertThat(store.queue())
                .singleElement()
                .satisfies(queued -> assertThat(queued.why()).isNotNull()));

        for (int i = 0; i < 20; i++) {
            worker.lookAtQueue();
        }

        assertThat(store.queue())
                .singleElement()
                .satisfies(queued -> assertThat(queued.attempts()).isEqualTo(1));
    }

    @Test
    void oneThatWasBuiltStaysReadableIfItCannotBeBuiltAnew() {
        users("u1", "u2");
        Report report = report("r1", "u1");
        store.enqueue(report);
        workUntilEnded("r1");
        alter("user|u1", "at", "yesterday");

        store.requeue(find("r1"));
        workUntilEnded("r1");

        assertThat(find("r1").state()).isEqualTo(Report.State.READY);
        assertThat(find("r1").reason()).contains("not built anew", "given up after 4 attempts");
        assertThat(items("r1")).hasSize(1);
    }

    @Test
    void aVersionThatIsGoneFromTheStoreIsNamedAtOnce() {
        users("u1", "u2");
        Database.client().getDatabase(database).getCollection("versions").drop();
        store.enqueue(report("r1", "u1"));

        worker.lookAtQueue();

        await().untilAsserted(() -> assertThat(find("r1").state()).isEqualTo(Report.State.FAILED));
        assertThat(find("r1").reason()).contains("is not stored; verify the snapshots");
    }

    /** Eight of them would not go into one document, and neither would both texts of the largest. */
    @Test
    void itemsThatAreLongerThanADocumentMayBeAreKeptAndRead() {
        states.capture("c1", T0);
        for (int i = 0; i < 6; i++) {
            policy("p" + i, "a".repeat(MEGABYTE));
        }
        policy("large", "ä".repeat(7 * MEGABYTE / 2));
        history.apply(tenant, states.published());
        states.capture("c2", T1);
        for (int i = 0; i < 6; i++) {
            policy("p" + i, "b".repeat(MEGABYTE));
        }
        policy("large", "😀".repeat(MEGABYTE / 2));
        history.apply(tenant, states.published());
        store.enqueue(Report.queued(
                "r1",
                tenant,
                "latest",
                "latest",
                T0.plusSeconds(5),
                T1.plusSeconds(5),
                new Scope(List.of(), List.of()),
                T1));

        // As fast as time passes, for it takes long: time that runs ahead would run out for the lease.
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    clock.move(Duration.ofMillis(200));
                    worker.lookAtQueue();
                    assertThat(store.queue()).isEmpty();
                });

        assertThat(find("r1").state()).isEqualTo(Report.State.READY);
        assertThat(items("r1")).extracting(ReportItem::id).hasSize(7).contains("large", "p5");
        assertThat(items("r1"))
                .filteredOn(item -> item.id().equals("large"))
                .singleElement()
                .satisfies(item -> assertThat(item.properties())
                        .singleElement()
                        .satisfies(property ->
                                assertThat(property.after()).isEqualTo(new JsonString("😀".repeat(MEGABYTE / 2)))));
    }

    @Test
    void aStoreThatIsAwayIsToldOnceWithoutATraceAndSoIsItsReturn() {
        users("u1");
        store.enqueue(Report.queued(
                "r1", tenant, "latest", "live", T0.plusSeconds(5), null, new Scope(List.of(), List.of()), T1));
        try (SaidLines said = SaidLines.of(ReportWorker.class)) {
            worker.lookAtQueue();
            await().untilAsserted(() -> assertThat(said.lines()).isNotEmpty());
            for (int round = 0; round < 5; round++) {
                worker.lookAtQueue();
            }
            assertThat(said.lines())
                    .containsExactly(
                            "store does not answer, it is tried again what=reports reason=MongoTimeoutException todo=see whether the store is well");

            away.set(false);
            worker.lookAtQueue();

            assertThat(said.lines())
                    .filteredOn(line -> line.startsWith("store answers again what=reports "))
                    .hasSize(1);
            assertThat(said.lines()).noneMatch(line -> line.contains("trace"));
        }
    }

    private void users(String... ids) {
        states.capture("c1", T0);
        for (String id : ids) {
            states.user(id, "Sales");
        }
        history.apply(tenant, states.published());
        states.capture("c2", T1);
        for (String id : ids) {
            states.user(id, "Legal");
        }
        history.apply(tenant, states.published());
    }

    private void policy(String id, String name) {
        states.object(
                ObjectKind.CONDITIONAL_ACCESS_POLICY, id, "{\"id\":\"" + id + "\",\"displayName\":\"" + name + "\"}");
    }

    private void alter(String key, String field, String value) {
        Database.client()
                .getDatabase(database)
                .getCollection("objects")
                .updateOne(eq("_id", tenant + "|" + key), Updates.set(field, value));
    }

    private List<ReportItem> items(String id) {
        List<ReportItem> items = new ArrayList<>();
        store.read(find(id), Position.START, (position, item) -> items.add(item));
        return items;
    }

    private void workUntilEnded(String... ids) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    clock.move(Duration.ofMinutes(10));
                    worker.lookAtQueue();
                    assertThat(ids).allMatch(id -> store.findQueued(tenant, id).isEmpty());
                });
    }

    private Report find(String id) {
        return store.find(tenant, id).orElseThrow();
    }

    private Report report(String id, String user) {
        return Report.queued(
                id,
                tenant,
                "latest",
                "latest",
                T0.plusSeconds(5),
                T1.plusSeconds(5),
                new Scope(List.of(), List.of(new ObjectKey("user", user))),
                T1);
    }

    /** Few attempts. */
    private static final class TestConfig implements ReportConfig {
        @Override
        public String every() {
            return "1s";
        }

        @Override
        public int workers() {
            return 1;
        }

        @Override
        public int attempts() {
            return 4;
        }

        @Override
        public Duration longestPause() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration livePatience() {
            return Duration.ofMinutes(10);
        }
    }
}
