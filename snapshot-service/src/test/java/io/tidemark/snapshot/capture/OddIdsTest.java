package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects whose ids no key can be made of. */
class OddIdsTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 4));

    private final HistoryInMemory history = new HistoryInMemory();

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a/b", "a|b", "", "~"})
    void oneObjectThatCannotBeKeptDoesNotTakeTheOtherKindsWithIt(String id) {
        FakeTenant tenant = new FakeTenant(7) {
            @Override
            public void list(ObjectKind kind, ObjectSink sink) {
                super.list(kind, sink);
                if (kind == ObjectKind.NAMED_LOCATION) {
                    sink.accept(JsonText.parseObject("{\"id\":\"" + id + "\"}"));
                }
            }
        };
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef policy = tenant.create(ObjectKind.CONDITIONAL_ACCESS_POLICY);

        CaptureResult result = new TenantCapture(
                        new CaptureOrder("c1", TENANT, CaptureMode.FULL, null, false, List.of()),
                        tenant,
                        KnownStates.open(new InMemoryCursorStore(), TENANT, 1),
                        history,
                        () -> {},
                        Interludes.NONE,
                        Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
                .run();

        assertThat(result.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(result.report().reason())
                .isEqualTo("namedLocation: namedLocation with an id that no key can be made of was listed");
        assertThat(history.newest).containsKeys(user.key(), policy.key());
    }
}
