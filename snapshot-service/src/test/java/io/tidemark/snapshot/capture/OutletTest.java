package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.TextLength;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutletTest {

    private static final TenantId TENANT = new TenantId(new UUID(3, 4));
    private static final int SEVERAL_BATCHES = 1_700;

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final InMemoryCursorStore store = new InMemoryCursorStore();
    private final HistoryInMemory history = new HistoryInMemory();
    private final KnownStates known = KnownStates.open(store, TENANT, 1);

    @Test
    void whatComesTwiceInALongListingIsToldTwiceInItsOrder() {
        try (Outlet outlet = outlet()) {
            present(outlet, 0, "before");
            for (int number = 1; number < SEVERAL_BATCHES; number++) {
                present(outlet, number, "only");
            }
            present(outlet, 0, "after");
            outlet.flush();

            assertThat(outlet.counts().count()).isEqualTo(SEVERAL_BATCHES + 1);
        }
        assertThat(history.violations).isEmpty();
        assertThat(history.newest.get(key(0)).stateHash())
                .isEqualTo(hash("after").hex());
        assertThat(history.received.stream().map(ObjectState::observedAt)).isSorted();
    }

    @Test
    void aBatchThatTheBrokerRefusesEndsTheCapture() {
        history.statesUntilFailure = 600;
        try (Outlet outlet = outlet()) {
            assertThatThrownBy(() -> {
                        for (int number = 0; number < SEVERAL_BATCHES; number++) {
                            present(outlet, number, "only");
                        }
                        outlet.flush();
                    })
                    .isInstanceOf(HistoryInMemory.Crash.class);
        }
        assertThat(history.received).hasSize(600);
    }

    @Test
    void largeBodiesDoNotWaitForManyMore() {
        List<Long> batches = new ArrayList<>();
        SnapshotPublisher measuring = new SnapshotPublisher() {
            @Override
            public void publish(List<ObjectState> states) {
                batches.add(states.stream()
                        .mapToLong(state -> state.body() == null ? 0 : TextLength.characters(state.body()))
                        .sum());
            }

            @Override
            public void publish(Stage stage, CaptureReport report) {}
        };
        try (Outlet outlet = outlet(measuring)) {
            for (int number = 0; number < 60; number++) {
                present(outlet, number, number % 7 + "x".repeat(number % 3 == 0 ? 5_000_000 : 700_000));
            }
            outlet.flush();
        }
        assertThat(batches)
                .hasSizeGreaterThan(20)
                .allSatisfy(bytes -> assertThat(bytes).isLessThan(9_500_000));
    }

    private Outlet outlet() {
        return outlet(history);
    }

    private Outlet outlet(SnapshotPublisher publisher) {
        CaptureOrder order = new CaptureOrder("capture", TENANT, CaptureMode.FULL, null, false, List.of());
        return new Outlet(
                order, known, publisher, new CaptureTime(clock, known.observedUntil()), () -> {}, new ReadBetween());
    }

    private static void present(Outlet outlet, int number, String content) {
        boolean news = outlet.present(
                key(number), hash(content), new JsonObject(Map.of("displayName", new JsonString(content))));
        assertThat(news).isTrue();
    }

    private static StateKey key(int number) {
        return ObjectRef.of(ObjectKind.USER, new UUID(5, number).toString()).key();
    }

    private static ContentHash hash(String content) {
        return ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
    }
}
