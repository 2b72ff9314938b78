package io.tidemark.restore.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.comparison.Change;
import io.tidemark.directory.comparison.DirectoryDiffer;
import io.tidemark.restore.RecordedHistory;
import io.tidemark.restore.Recording;
import io.tidemark.restore.SimulatedTenant;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cuts a restore off, it converges, and the simulator's ledger shows each effect once. */
class InterruptedRestoreIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private SimulatedTenant tenant;
    private Workbench bench;
    private Recording before;
    private RecordedHistory history;

    @BeforeEach
    void wipe() {
        tenant = new SimulatedTenant(QuotaMode.OFF, Map.of("users", "200"));
        bench = new Workbench(tenant, folder);
        before = tenant.record();
        tenant.play("department-wipe", Map.of("count", "15"));
        history = new RecordedHistory(before, tenant.record());
    }

    @AfterEach
    void stop() {
        bench.close();
        tenant.close();
    }

    @Test
    void refusedAndLostAnswersDoNotStopIt() {
        RestoreJob planned = bench.plan(history, everything(), asRecorded());
        for (Fault fault : List.of(
                Fault.THROTTLED,
                Fault.UNAVAILABLE,
                Fault.CONCURRENCY,
                Fault.TIMEOUT_AFTER_EFFECT,
                Fault.ANSWER_LOST,
                Fault.CONNECTION_RESET)) {
            // Graph tells of concurrent changes for single changes, never for a batch or a read.
            Pattern route = Pattern.compile(fault == Fault.CONCURRENCY ? "^(?!.*(batch|getByIds))" : "");
            tenant.simulator()
                    .faults()
                    .add(new FaultRule(fault, 0.06, Set.of("POST", "PATCH", "PUT", "DELETE"), route, 0, 0, 0.1));
        }

        RestoreJob ended = bench.carryOut(history, planned);

        tenant.simulator().faults().clear();
        assertRestoredOnce(ended);
    }

    @ParameterizedTest(name = "{0} for the {1}. time")
    @CsvSource({
        "restore.beforeIntent, 2",
        "restore.afterIntent, 2",
        "restore.afterMarkBeforeSend, 1",
        "restore.afterMarkBeforeSend, 3",
        "restore.afterSendBeforeOutcome, 1",
        "restore.afterSendBeforeOutcome, 4",
        "restore.afterSendBeforeOutcome, 6",
        "restore.afterOutcome, 3",
        "restore.beforeEndOfExecution, 1",
        "restore.beforeEndOfVerification, 1"
    })
    void aWorkerThatDiesAnywhereIsFollowedByOneThatGoesOn(String place, int time) {
        RestoreJob planned = bench.plan(history, everything(), asRecorded());
        bench.approve(planned);
        AtomicInteger reached = new AtomicInteger();
        Failpoint death = name -> {
            if (name.equals(place) && reached.incrementAndGet() >= time) {
                throw new Death();
            }
        };

        assertThatThrownBy(() -> bench.carryOn(history, planned.id(), death)).isInstanceOf(Death.class);
        bench.carryOn(history, planned.id(), Failpoint.NONE);

        assertRestoredOnce(bench.job(planned.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"restore.afterSendBeforeOutcome:halt@2", "restore.afterMarkBeforeSend:halt@2"})
    void aProcessThatHaltsInTheMiddleIsFollowedByOneThatGoesOn(String failpoint) throws Exception {
        RestoreJob planned = bench.plan(history, everything(), asRecorded());
        bench.approve(planned);
        Process worker = RestoreChild.start(tenant, bench.address(), planned.id(), failpoint);

        assertThat(worker.waitFor()).isEqualTo(137);
        bench.carryOn(history, planned.id(), Failpoint.NONE);

        assertRestoredOnce(bench.job(planned.id()));
    }

    @Test
    void aProcessKilledByItsIdIsFollowedByOneThatGoesOn() throws IOException {
        RestoreJob planned = bench.plan(history, everything(), asRecorded());
        bench.approve(planned);
        Process worker = RestoreChild.start(tenant, bench.address(), planned.id(), "");

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> effects().size() >= 10);
        ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> !worker.isAlive());
        bench.carryOn(history, planned.id(), Failpoint.NONE);

        assertRestoredOnce(bench.job(planned.id()));
    }

    private void assertRestoredOnce(RestoreJob job) {
        assertThat(job.state())
                .as("%s %s", job.reason(), bench.leftovers(job))
                .isEqualTo(RestoreState.COMPLETED_WITH_WARNINGS);
        List<Change> changes =
                DirectoryDiffer.diff(before.state(), tenant.record().state());
        assertThat(changes.stream()
                        .filter(change -> job.ids().values().stream()
                                .noneMatch(id -> change.key().id().contains(id))))
                .allMatch(change -> bench.leftovers(job).stream()
                        .anyMatch(point -> point.type().equals(change.key().type())
                                && point.id().equals(change.key().id())));
        Map<String, Long> times =
                effects().stream().collect(Collectors.groupingBy(InterruptedRestoreIT::effect, Collectors.counting()));
        assertThat(times)
                .allSatisfy((effect, count) -> assertThat(count).as(effect).isEqualTo(1));
        assertThat(effects().stream()
                        .filter(entry -> entry.effect().name().contains("CREATE"))
                        .map(LedgerEntry::collection))
                .doesNotHaveDuplicates();
    }

    private List<LedgerEntry> effects() {
        String own = tenant.connections().ownAppIds(tenant.id()).iterator().next();
        return tenant.simulator().ledger().entries().stream()
                .filter(entry -> entry.appId().equals(own))
                .toList();
    }

    /** What an effect did; the same twice means that something was applied twice. */
    private static String effect(LedgerEntry entry) {
        return entry.effect() + " " + entry.collection() + " " + entry.objectId() + " " + entry.relation() + " "
                + entry.targetId() + " " + entry.bodyHash();
    }

    private static Selection everything() {
        return Selection.ALL;
    }

    private static RestoreOptions asRecorded() {
        return new RestoreOptions(
                RestoreOptions.Created.KEEP,
                RestoreOptions.Conflict.SKIP,
                RestoreOptions.PolicyState.AS_RECORDED,
                true,
                0);
    }

    /** What ends a worker in the middle of what it does. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
