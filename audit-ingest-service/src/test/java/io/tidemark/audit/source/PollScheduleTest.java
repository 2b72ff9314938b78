package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollScheduleTest {

    private static final TenantId TENANT = TenantId.parse("9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e10");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RecordingPublisher publisher = new RecordingPublisher();
    private final RefusingLog log = new RefusingLog();
    private final PollSchedule schedule = schedule();

    @AfterEach
    void stop() {
        schedule.stop(new ShutdownEvent());
    }

    @Test
    void operatorsAreToldOnceThatThePermissionIsGoneAndPollsGoOn() {
        schedule.start(new StartupEvent());

        await().atMost(PATIENCE).until(() -> log.asked.get() > 5);
        assertThat(publisher.operations).hasSize(1);
        assertThat(publisher.operations.get(0).detail()).contains("FORBIDDEN").contains("AuditLog.Read.All");
    }

    @Test
    void aBrokerThatDoesNotTakeTheNewsStopsNoPollAndGetsItLater() {
        publisher.unheard = 2;

        schedule.start(new StartupEvent());

        await().atMost(PATIENCE).until(() -> log.asked.get() > 5);
        assertThat(publisher.operations).hasSize(1);
    }

    @Test
    void anErrorEndsAPollAndNotThePolls() {
        log.error = new StackOverflowError();

        schedule.start(new StartupEvent());

        await().atMost(PATIENCE).until(() -> log.asked.get() > 2);
    }

    private PollSchedule schedule() {
        AuditConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuditConfig.class)
                .withDefaultValues(Map.of("tidemark.audit.poll-interval", "PT0.01S"))
                .build()
                .getConfigMapping(AuditConfig.class);
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        AuditIntake intake = new AuditIntake(new InMemorySeenStore(), publisher, clock, metrics);
        AuditPoller poller = new AuditPoller(
                log,
                intake,
                new InMemoryWatermarkStore(),
                new InMemoryLeases(clock),
                publisher,
                config,
                clock,
                metrics);
        return new PollSchedule(poller, log, publisher, config, clock, metrics);
    }

    /** A log that may not be read. */
    private static final class RefusingLog implements AuditSource {

        final AtomicInteger asked = new AtomicInteger();

        /** What asking ends with, if it is not refused. */
        @Nullable
        Error error;

        @Override
        public List<TenantId> tenants() {
            return List.of(TENANT);
        }

        @Override
        public void read(TenantId tenant, Instant from, Instant to, Consumer<JsonObject> sink) {
            asked.incrementAndGet();
            if (error != null) {
                throw error;
            }
            throw GraphException.refused(
                    new Batch.Part("1", Method.GET, "/auditLogs/directoryAudits", Optional.empty(), ""),
                    new Batch.Answer(403, Optional.empty(), Optional.empty(), false, ""));
        }
    }
}
