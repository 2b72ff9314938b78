package io.tidemark.diff.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.diff.AwayStore;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import io.tidemark.layout.SaidLines;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.lease.MongoLeaseStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that go wrong in ways that nobody foresaw. */
class TaskWorkerIT {

    private static final int ATTEMPTS = 4;
    private static final String PERSONAL = "Ada Lovelace";

    private final String database = Database.fresh();
    private final MovableClock clock = new MovableClock(SampleStates.START);
    private final MongoTaskStore store = new MongoTaskStore(Database.client(), database);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final List<TaskWorker> workers = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        workers.forEach(worker -> worker.stop(null));
    }

    @Test
    void aTaskThatThrowsWhatNobodyForesawIsGivenUpAndSaysWhere() {
        TaskWorker worker = worker(runner("bad", TaskWorkerIT::fall), runner("good", turn -> "{}"));
        store.add(task("t1", "bad"));
        store.add(task("t2", "good"));

        workUntilEnded(worker, "t1", "t2");

        assertThat(find("t2").state()).isEqualTo(Task.State.DONE);
        Task failed = find("t1");
        assertThat(failed.state()).isEqualTo(Task.State.FAILED);
        assertThat(failed.reason())
                .contains("given up after 4 attempts", "IllegalStateException", "TaskWorkerIT.fall")
                .doesNotContain(PERSONAL);
        assertThat(runs.get("t1")).hasValue(ATTEMPTS);
        assertThat(heard).containsExactly("t1");
    }

    @Test
    void tasksBehindSomeThatCannotBeDoneDoNotWaitUntilThoseAreGivenUp() {
        TaskWorker worker = worker(runner("bad", TaskWorkerIT::fall), runner("good", turn -> "{}"));
        for (int i = 0; i < 5; i++) {
            store.add(task("bad" + i, "bad"));
        }
        store.add(task("good", "good"));

        worker.lookAtQueue();

        await().untilAsserted(() -> assertThat(find("good").state()).isEqualTo(Task.State.DONE));
        assertThat(runs.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    }

    /** Its worker is gone without having said anything, again and again. */
    @Test
    void aTaskThatEndsItsWorkerIsGivenUp() {
        TaskWorker worker = worker(runner("deadly", turn -> {
            throw new StackOverflowError();
        }));
        store.add(task("t1", "deadly"));

        workUntilEnded(worker, "t1");

        assertThat(find("t1").state()).isEqualTo(Task.State.FAILED);
        assertThat(find("t1").reason()).contains("given up after 4 attempts", "went without a word");
        assertThat(runs.get("t1").get()).isLessThanOrEqualTo(ATTEMPTS);
    }

    @Test
    void anotherWorkerCountsOnWhereTheLastOneStopped() {
        TaskRunner bad = runner("bad", TaskWorkerIT::fall);
        store.add(task("t1", "bad"));
        for (int i = 1; i <= ATTEMPTS; i++) {
            int tried = i;
            TaskWorker worker = worker(bad);
            worker.lookAtQueue();
            await().untilAsserted(() -> assertThat(find("t1"))
                    .satisfies(task -> assertThat(task.attempts()).isEqualTo(tried))
                    .satisfies(task -> assertThat(task.state()).isNotEqualTo(Task.State.RUNNING)));
            worker.stop(null);
            clock.move(Duration.ofMinutes(10));
        }

        assertThat(find("t1").state()).isEqualTo(Task.State.FAILED);
        assertThat(runs.get("t1")).hasValue(ATTEMPTS);
    }

    @Test
    void aTaskThatWaitsForAnotherIsNotGivenUpForThat() {
        TaskWorker worker = worker(runner("patient", turn -> {
            if (runs.get("t1").get() < 5 * ATTEMPTS) {
                throw new WaitingTaskException("another one comes first");
            }
            return "{}";
        }));
        store.add(task("t1", "patient"));

        workUntilEnded(worker, "t1");

        assertThat(find("t1").state()).isEqualTo(Task.State.DONE);
    }

    @Test
    void aTaskThatIsLeftOffBecauseTheServiceStopsHasNotBeenTried() {
        TaskWorker worker = worker(runner("long", turn -> {
            while (true) {
                turn.pause();
            }
        }));
        store.add(task("t1", "long"));
        worker.lookAtQueue();
        await().untilAsserted(() -> assertThat(find("t1").state()).isEqualTo(Task.State.RUNNING));

        worker.stop(null);

        await().untilAsserted(() -> assertThat(find("t1").state()).isEqualTo(Task.State.QUEUED));
        assertThat(find("t1").attempts()).isZero();
        assertThat(store.isQueued(find("t1").name())).isTrue();
    }

    /** The broker was away when operators were to be told. */
    @Test
    void theNewsOfAFailureIsToldAgainUntilItIsHeard() {
        AtomicInteger told = new AtomicInteger();
        TaskWorker worker = worker(new TaskRunner() {
            @Override
            public String kind() {
                return "deaf";
            }

            @Override
            public String run(Turn turn) {
                runs.computeIfAbsent("t1", id -> new AtomicInteger()).incrementAndGet();
                throw new TaskException("it cannot be done");
            }

            @Override
            public void failed(Task task) {
                if (told.incrementAndGet() < 3) {
                    throw new IllegalStateException("nobody hears");
                }
                heard.add(task.id());
            }
        });
        store.add(task("t1", "deaf"));

        workUntilEnded(worker, "t1");

        assertThat(heard).containsExactly("t1");
        assertThat(runs.get("t1")).hasValue(1);
    }

    @Test
    void aPlaceInTheQueueThatCannotBeReadHoldsUpNoOther() {
        TaskWorker worker = worker(runner("good", turn -> "{}"));
        store.add(task("t1", "good"));
        Database.client()
                .getDatabase(database)
                .getCollection("tasks_queue")
                .insertOne(new Document("_id", "broken").append("tenant", "nobody"));

        workUntilEnded(worker, "t1");

        assertThat(find("t1").state()).isEqualTo(Task.State.DONE);
    }

    @Test
    void aStoreThatIsAwayIsToldOnceWithoutATraceAndSoIsItsReturn() {
        TaskWorker worker = worker(runner("unlucky", turn -> {
            if (runs.get("t1").get() == 1) {
                away.set(true);
                throw new MongoTimeoutException("no server");
            }
            return "{}";
        }));
        store.add(task("t1", "unlucky"));
        try (SaidLines said = SaidLines.of(TaskWorker.class)) {
            worker.lookAtQueue();
            await().untilAsserted(() -> assertThat(said.lines()).isNotEmpty());
            for (int round = 0; round < 5; round++) {
                worker.lookAtQueue();
            }
            assertThat(said.lines())
                    .containsExactly(
                            "store does not answer, it is tried again what=tasks reason=MongoTimeoutException todo=see whether the store is well");

            away.set(false);
            workUntilEnded(worker, "t1");

            assertThat(said.lines())
                    .filteredOn(line -> line.startsWith("store "))
                    .hasSize(2)
                    .last()
                    .satisfies(line -> assertThat(line).startsWith("store answers again what=tasks "));
            assertThat(said.lines()).noneMatch(line -> line.contains("trace"));
        }
        assertThat(find("t1").state()).isEqualTo(Task.State.DONE);
    }

    @Test
    void whatNobodyForesawStillComesWithItsTrace() {
        TaskWorker worker = worker(runner("bad", TaskWorkerIT::fall));
        store.add(task("t1", "bad"));
        try (SaidLines said = SaidLines.of(TaskWorker.class)) {
            worker.lookAtQueue();

            await().untilAsserted(() -> assertThat(said.lines())
                    .anyMatch(line ->
                            line.startsWith("task cut off by what nobody foresaw") && line.endsWith("[with a trace]")));
        }
    }

    private static String fall(Turn turn) {
        throw new IllegalStateException(PERSONAL);
    }

    private void workUntilEnded(TaskWorker worker, String... ids) {
        await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    clock.move(Duration.ofMinutes(10));
                    worker.lookAtQueue();
                    assertThat(ids).allMatch(id -> find(id).hasEnded() && !store.isQueued(find(id).name()));
                });
    }

    private Task find(String id) {
        return store.find(tenant, id).orElseThrow();
    }

    private Task task(String id, String kind) {
        return Task.ordered(tenant, id, kind, "c1", "{}", clock.instant());
    }

    private TaskRunner runner(String kind, Function<Turn, String> work) {
        return new TaskRunner() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public String run(Turn turn) {
                runs.computeIfAbsent(turn.task().id(), id -> new AtomicInteger())
                        .incrementAndGet();
                return work.apply(turn);
            }

            @Override
            public void failed(Task task) {
                heard.add(task.id());
            }
        };
    }

    private TaskWorker worker(TaskRunner... runners) {
        TaskWorker worker = new TaskWorker(
                AwayStore.of(TaskStore.class, store, away::get),
                List.of(runners),
                AwayStore.of(LeaseStore.class, new MongoLeaseStore(Database.client(), database, clock), away::get),
                new OneWorker(),
                new SimpleMeterRegistry(),
                clock);
        workers.add(worker);
        return worker;
    }

    /** One thread, so that whoever holds it up is seen. */
    private static final class OneWorker implements WorkConfig {
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
            return ATTEMPTS;
        }

        @Override
        public Duration longestPause() {
            return Duration.ofMinutes(5);
        }
    }
}
