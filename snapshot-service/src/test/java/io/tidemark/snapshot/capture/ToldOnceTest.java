package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What somebody names once, or a delta query tells once, and Graph does not answer for just then. */
class ToldOnceTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 9));
    private static final ObjectKind ATTRIBUTES = ObjectKind.USER_CUSTOM_SECURITY_ATTRIBUTES;

    private final InMemoryCursorStore store = new InMemoryCursorStore();
    private final HistoryInMemory history = new HistoryInMemory();
    private final Stumbling tenant = new Stumbling();
    private long fence;

    @Test
    void linksThatATargetedCaptureCouldNotReadAreReadByTheNextOne() {
        ObjectRef device = tenant.create(ObjectKind.DEVICE);
        ObjectRef owner = tenant.create(ObjectKind.USER);
        capture(CaptureMode.FULL);
        tenant.link(LinkKind.DEVICE_REGISTERED_OWNERS, device, owner);
        tenant.tellNothing();
        tenant.stumbles = true;

        CaptureResult targeted = capture(CaptureMode.TARGETED, device);
        tenant.stumbles = false;

        assertThat(targeted.stage()).isNotEqualTo(Stage.COMPLETED);
        tenant.shown = (kind, page) -> page;
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    @Test
    void whatHangsOnAnObjectThatATargetedCaptureCouldNotReadIsReadByTheNextOne() {
        ObjectRef application = tenant.create(ObjectKind.APPLICATION);
        capture(CaptureMode.FULL);
        tenant.createBelow(ObjectKind.FEDERATED_IDENTITY_CREDENTIAL, application);
        tenant.tellNothing();
        // The delta query that tells of it is taken in first.
        capture(CaptureMode.INCREMENTAL);
        tenant.stumbles = true;

        CaptureResult targeted = capture(CaptureMode.TARGETED, application);
        tenant.stumbles = false;

        assertThat(targeted.stage()).isNotEqualTo(Stage.COMPLETED);
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    @Test
    void partsThatATargetedCaptureCouldNotReadAreReadByTheNextOne() {
        ObjectRef user = tenant.create(ObjectKind.USER);
        capture(CaptureMode.FULL);
        tenant.create(ATTRIBUTES, user.id().value());
        tenant.stumbles = true;

        CaptureResult targeted = capture(CaptureMode.TARGETED, user);
        tenant.stumbles = false;

        assertThat(targeted.stage()).isEqualTo(Stage.INCOMPLETE);
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    @Test
    void partsOfWhatADeltaQueryTellsThatCouldNotBeReadAreReadByTheNextCapture() {
        ObjectRef user = tenant.create(ObjectKind.USER);
        capture(CaptureMode.FULL);
        tenant.create(ATTRIBUTES, user.id().value());
        tenant.rename(user);
        tenant.stumbles = true;

        CaptureResult incremental = capture(CaptureMode.INCREMENTAL);
        tenant.stumbles = false;

        assertThat(incremental.stage()).isEqualTo(Stage.INCOMPLETE);
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    @Test
    void aPartThatCannotBeUnderstoodFailsItsKindAlone() {
        ObjectRef user = tenant.create(ObjectKind.USER);
        capture(CaptureMode.FULL);
        tenant.create(ATTRIBUTES, user.id().value());
        tenant.rename(user);
        tenant.nameless = true;

        CaptureResult incremental = capture(CaptureMode.INCREMENTAL);
        tenant.nameless = false;

        assertThat(incremental.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(incremental.report().reason()).startsWith(ATTRIBUTES.word() + ": ");
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    @Test
    void partsGoWithTheObjectThatTheyAreOf() {
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef attributes = tenant.create(ATTRIBUTES, user.id().value());
        capture(CaptureMode.FULL);
        tenant.delete(attributes);
        tenant.delete(user);

        CaptureResult incremental = capture(CaptureMode.INCREMENTAL);

        history.assertIs(tenant, incremental);
        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(Deletion.SOFT);
        assertThat(history.newest.get(attributes.key()).deleted()).isEqualTo(Deletion.HARD);
        tenant.restore(user);
        tenant.create(ATTRIBUTES, user.id().value());
        history.assertIs(tenant, capture(CaptureMode.INCREMENTAL));
    }

    private CaptureResult capture(CaptureMode mode, ObjectRef... objects) {
        fence++;
        return new TenantCapture(
                        new CaptureOrder("c" + fence, TENANT, mode, null, false, List.of(objects)),
                        tenant,
                        KnownStates.open(store, TENANT, fence),
                        history,
                        () -> {},
                        Interludes.NONE,
                        Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
                .run();
    }

    /** A tenant that does not answer, at times, for what hangs on objects. */
    private static final class Stumbling extends FakeTenant {

        private boolean stumbles;
        private boolean nameless;

        Stumbling() {
            super(3);
        }

        /** From now on delta queries tell of nothing. */
        void tellNothing() {
            shown = (kind, page) -> new DeltaPage(List.of(), page.next(), page.complete());
        }

        @Override
        public Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources) {
            if (kind == LinkKind.DEVICE_REGISTERED_OWNERS && !sources.isEmpty()) {
                stumble();
            }
            return super.linksFrom(kind, sources);
        }

        @Override
        public void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink) {
            stumble();
            super.children(kind, parents, sink);
        }

        @Override
        public Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs) {
            Map<ObjectRef, JsonObject> found = new LinkedHashMap<>(super.findAll(refs));
            if (refs.stream().anyMatch(ref -> ref.kind() == ATTRIBUTES)) {
                stumble();
                if (nameless) {
                    found.replaceAll((ref, shown) -> JsonText.parseObject("{\"displayName\":\"without an id\"}"));
                }
            }
            return found;
        }

        private void stumble() {
            if (stumbles) {
                throw GraphException.unreadable("half an answer");
            }
        }
    }
}
