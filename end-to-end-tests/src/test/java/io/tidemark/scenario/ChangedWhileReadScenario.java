package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.fault.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another program changes and deletes what a full capture reads, before it, while it reads, and after it. What the snapshot marks as moved is
 * held against the simulator's own ledger. The marked time is that of the whole capture, not only that of the object's kind: an object that
 * changed while something else was read is marked too. There is no tolerance in time. Links may be marked beyond what the ledger names, if
 * one of their ends came, changed or went within the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedWhileReadScenario {

    private static final Duration AUDIT_LAG = Duration.ofSeconds(12);
    private static final Duration AUDIT_SPREAD = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long BETWEEN_CHANGES = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long CALM = TimeUnit.SECONDS.toNanos(2);

    private WipedTenant tenant;

    @BeforeAll
    void start() {
        tenant = WipedTenant.open("changed-while-read", 23, 20);
        tenant.stack().simulator().faults().lateness(new Lateness(Duration.ZERO, AUDIT_LAG, AUDIT_SPREAD));
    }

    @AfterAll
    void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTheLedgerShowsOfTheTimeOfTheCaptureIsMarkedAndNothingElse(long seed) {
        RestlessTenant restless = new RestlessTenant(tenant.stack(), seed);
        // Graph keeps the capture waiting in the midst of it, so that most kinds are read while others have been.
        slowDown();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> stirring = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                restless.stir();
                LockSupport.parkNanos(BETWEEN_CHANGES);
            }
        });
        pause();
        JsonNode snapshot;
        try {
            snapshot = tenant.sealed("FULL");
            pause();
        } finally {
            over.set(true);
        }
        stirring.join();
        tenant.stack().simulator().faults().clear();
        String id = snapshot.path("snapshotId").asText();
        Instant from = Instant.parse(snapshot.path("startedAt").asText());
        Instant to = Instant.parse(snapshot.path("instant").asText());
        MovedInLedger ledger =
                new MovedInLedger(tenant.stack().simulator().ledger().entries());
        Set<String> truth = ledger.within(from, to);
        Set<String> told = marked(id);

        assertThat(told.containsAll(truth))
                .as("whether the log told all of it before the seal")
                .isFalse();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            tenant.ingest();
            assertThat(marked(id)).containsAll(truth);
        });
        Set<String> beyond = new TreeSet<>(marked(id));
        beyond.removeAll(truth);
        Set<String> ids = ledger.ids(from, to);
        assertThat(beyond)
                .as("marked although the ledger knows nothing of the time")
                .allSatisfy(key -> assertThat(ends(key)).containsAnyElementsOf(ids));
        assertThat(truth).hasSizeGreaterThan(30);
        Set<String> outside = ledger.within(Instant.EPOCH, from.minusNanos(1));
        outside.addAll(ledger.within(to.plusNanos(1), Instant.MAX));
        outside.removeAll(truth);
        assertThat(outside)
                .hasSizeGreaterThan(10)
                .doesNotContainAnyElementsOf(
                        marked(id).stream().filter(key -> !key.contains("~")).toList());
        long counted = 0;
        for (JsonNode count : tenant.operator().get("/snapshots/" + id).path("moved")) {
            counted += count.asLong();
        }
        assertThat(counted).isEqualTo(marked(id).size());
    }

    private void slowDown() {
        for (String route :
                List.of("/users/delta", "/groups/delta", "conditionalAccess/policies", "administrativeUnits")) {
            tenant.stack()
                    .simulator()
                    .faults()
                    .add(new FaultRule(Fault.THROTTLED, 1, Set.of("GET"), Pattern.compile(route), 0, 1, 2));
        }
    }

    private static void pause() {
        LockSupport.parkNanos(CALM);
    }

    private Set<String> marked(String snapshot) {
        return tenant.operator().all("/snapshots/" + snapshot + "/moved", "moved").stream()
                .map(moved ->
                        moved.path("type").asText() + "|" + moved.path("id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids at both ends of a link; none for an object, which nothing excuses. */
    private static List<String> ends(String key) {
        int tilde = key.indexOf('~');
        return tilde < 0 ? List.of() : List.of(key.substring(key.indexOf('|') + 1, tilde), key.substring(tilde + 1));
    }
}
