package io.tidemark.restore.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.Selection;
import io.tidemark.layout.SaidLines;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rounds of the worker while the store is away, or something goes wrong that nobody foresaw. */
class RestoreWorkerTest {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String AWAY =
            "store does not answer, it is tried again what=restores reason=MongoTimeoutException todo=see whether the store is well";

    private final Clock clock = Clock.systemUTC();
    private final AtomicInteger runs = new AtomicInteger();
    private volatile boolean away;
    private volatile Optional<RuntimeException> mishap = Optional.empty();
    private volatile RestoreJob job = RestoreJob.accepted(
            new RestoreCommand(
                    "3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f",
                    "r1",
                    "asker",
                    null,
                    "snapshot:s",
                    Selection.ALL,
                    RestoreOptions.DEFAULTS,
                    null),
            null,
            NOW);

    private final RestoreWorker worker = new RestoreWorker(
            new OneJob(),
            new OneLease(),
            new RestoreRun(null, null, null, null, null, null, null, null, null, null) {
                @Override
                void carryOn(String commandId, Tenure tenure) {
                    runs.incrementAndGet();
                    mishap.ifPresent(failure -> {
                        away = failure instanceof MongoTimeoutException;
                        throw failure;
                    });
                }
            },
            () -> {},
            new SmallRyeConfigBuilder().withMapping(RestoreConfig.class).build().getConfigMapping(RestoreConfig.class),
            clock);

    @AfterEach
    void stop() {
        worker.stop(null);
    }

    @Test
    void aStoreThatIsAwayIsToldOnceWithoutATraceAndSoIsItsReturn() {
        mishap = Optional.of(new MongoTimeoutException("no server"));
        try (SaidLines said = SaidLines.of(RestoreWorker.class)) {
            worker.look();
            await().untilAsserted(() -> assertThat(said.lines()).isNotEmpty());
            for (int round = 0; round < 5; round++) {
                worker.look();
                worker.expire();
            }
            assertThat(said.lines()).containsExactly(AWAY);
            assertThat(job.failures()).as("nobody is to blame").isZero();

            mishap = Optional.empty();
            away = false;
            await().until(() -> {
                worker.look();
                return runs.get() > 1;
            });

            assertThat(said.lines())
                    .hasSize(2)
                    .last()
                    .satisfies(line -> assertThat(line).startsWith("store answers again what=restores "));
        }
    }

    @Test
    void whatNobodyForesawStillComesWithItsTraceAndCounts() {
        mishap = Optional.of(new IllegalStateException("a mistake"));
        try (SaidLines said = SaidLines.of(RestoreWorker.class)) {
            worker.look();
            await().until(() -> job.failures() == 1);

            assertThat(said.lines()).contains("restore failed to be carried on restore=r1 [with a trace]");
        }
    }

    private <T> T unlessAway(T answer) {
        if (away) {
            throw new MongoTimeoutException("no server");
        }
        return answer;
    }

    private final class OneJob implements JobStore {
        @Override
        public RestoreJob putOnce(RestoreJob put) {
            throw new UnsupportedOperationException("nobody puts one in");
        }

        @Override
        public Optional<RestoreJob> find(String commandId) {
            return unlessAway(Optional.of(job));
        }

        @Override
        public List<RestoreJob> list(String tenantId, int limit) {
            return unlessAway(List.of(job));
        }

        @Override
        public List<RestoreJob> actionable() {
            return unlessAway(List.of(job));
        }

        @Override
        public List<RestoreJob> undecided() {
            return unlessAway(List.of());
        }

        @Override
        public List<RestoreJob> untold() {
            return unlessAway(List.of());
        }

        @Override
        public RestoreJob change(String commandId, UnaryOperator<RestoreJob> change) {
            job = change.apply(unlessAway(job));
            return job;
        }
    }

    private final class OneLease implements LeaseStore {
        @Override
        public Optional<Lease> acquire(String name, Duration duration) {
            return unlessAway(Optional.of(
                    new Lease(name, "test", job.fence(), clock.instant().plus(duration))));
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration duration) {
            return unlessAway(Optional.of(lease));
        }

        @Override
        public void release(Lease lease) {
            Object unused = unlessAway(lease);
        }
    }
}
