package io.tidemark.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.compare.StatePair;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.Span;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How fast states are taken in, scanned and compared. Not part of the build: run it by name. */
class HistoryMeasurement {

    private static final int OBJECTS = Integer.getInteger("objects", 100_000);
    private static final int CHANGED = Integer.getInteger("changed", 500);
    private static final int BATCH = 1000;

    @Test
    void measure() {
        TenantId tenant = new TenantId(UUID.randomUUID());
        SampleStates states = new SampleStates(tenant);
        MongoHistoryStore store = new MongoHistoryStore(Database.client(), Database.fresh());
        String filler = "x".repeat(1200);
        states.capture("c1", SampleStates.START);
        for (int i = 0; i < OBJECTS; i++) {
            states.at(SampleStates.START.plusMillis(i)).user("u" + i, "Sales" + filler);
        }
        List<ObjectState> all = states.published();
        measure("first states applied per second", OBJECTS, () -> applyAll(store, tenant, all));
        measure("the same again per second", OBJECTS, () -> applyAll(store, tenant, all));
        measure("keys scanned per second", OBJECTS, () -> store.scan(tenant, marks -> {}));
        Instant between = states.completed(CaptureMode.FULL, states.now()).completedAt();
        states.capture("c2", SampleStates.START.plus(Duration.ofHours(1)));
        for (int i = 0; i < CHANGED; i++) {
            states.user("u" + i * (OBJECTS / CHANGED), null);
        }
        List<ObjectState> changed = states.published();
        measure("changed states applied per second", CHANGED, () -> applyAll(store, tenant, changed));
        for (int round = 0; round < 4; round++) {
            measure("differences found per second, round " + round, CHANGED, () -> {
                List<StateKey> keys = List.copyOf(store.changedBetween(tenant, between, History.NEWEST));
                List<StatePair> pairs = new History(store)
                        .spans(tenant, keys, between, History.NEWEST).stream()
                                .map(Span::pair)
                                .toList();
                assertThat(MomentDiffer.differences(pairs)).hasSize(CHANGED);
            });
        }
    }

    private static void applyAll(MongoHistoryStore store, TenantId tenant, List<ObjectState> states) {
        for (int start = 0; start < states.size(); start += BATCH) {
            store.apply(tenant, states.subList(start, Math.min(start + BATCH, states.size())));
        }
    }

    private static void measure(String what, int count, Runnable work) {
        long started = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf("measured %s: %.0f (%.2f s)%n", what, count / seconds, seconds);
    }
}
