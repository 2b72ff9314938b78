package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.read.DeltaItem;
import io.tidemark.graph.read.DeltaItem.LinkChange;
import io.tidemark.graph.read.DeltaItem.Presence;
import io.tidemark.graph.read.DeltaItem.Removal;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.LinkTarget;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.Method;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delta queries that contradict themselves, tell of what nobody knows, never end, or are asked again from a moment that was left behind. */
class OddDeltaTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 3));
    private static final ObjectId NOBODY = new ObjectId("00000000-0000-4000-8000-00000000000a");

    private Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final HistoryInMemory history = new HistoryInMemory();
    private final List<String> asked = new ArrayList<>();
    private Predicate<Optional<DeltaLink>> refused = link -> false;
    private Supplier<GraphException> refusal = OddDeltaTest::badRequest;
    private final FakeTenant tenant = new FakeTenant(5) {
        @Override
        public DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link) {
            if (kind == ObjectKind.USER) {
                asked.add(link.map(DeltaLink::url).orElse("everything"));
                if (refused.test(link)) {
                    throw refusal.get();
                }
            }
            return super.changes(kind, link);
        }
    };
    private InMemoryCursorStore store = new InMemoryCursorStore();
    private ObjectRef user;
    private ObjectRef group;
    private long fence;

    @BeforeEach
    void captureOnce() {
        user = tenant.create(ObjectKind.USER);
        group = tenant.create(ObjectKind.GROUP);
        tenant.link(LinkKind.GROUP_MEMBERS, group, user);
        assertComplete(capture(CaptureMode.FULL));
        history.received.clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anObjectThatAPageCallsGoneThoughItIsThereStays(boolean goneFirst) {
        tenant.rename(user);
        add(ObjectKind.USER, goneFirst, new DeltaItem.Removed(user.id(), Removal.HARD));

        assertComplete(capture(CaptureMode.INCREMENTAL));

        assertThat(history.newest.get(user.key()).deleted()).isNull();
        assertThat(history.newest.get(membership()).deleted()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anObjectThatAPageShowsThoughItIsGoneGoes(boolean shownFirst) {
        tenant.delete(user);
        add(ObjectKind.USER, shownFirst, present(user.id(), "{\"id\":\"" + user.id() + "\",\"displayName\":\"late\"}"));

        assertComplete(capture(CaptureMode.INCREMENTAL));

        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(Deletion.SOFT);
        assertThat(history.newest.get(membership()).deleted()).isEqualTo(Deletion.SOFT);
    }

    @ParameterizedTest
    @CsvSource({"SOFT,HARD,HARD", "HARD,SOFT,HARD", "SOFT,SOFT,SOFT"})
    void whatIsToldTwiceToBeGoneIsAsFarGoneAsEither(Removal one, Removal other, Deletion deletion) {
        tenant.delete(user);
        tenant.shown = (kind, page) -> kind == ObjectKind.USER
                ? new DeltaPage(
                        List.of(new DeltaItem.Removed(user.id(), one), new DeltaItem.Removed(user.id(), other)),
                        page.next(),
                        page.complete())
                : page;

        CaptureResult result = capture(CaptureMode.INCREMENTAL);

        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(deletion);
    }

    @Test
    void aLinkThatIsTakenFromAGroupThatNobodyKnowsIsNoNews() {
        add(ObjectKind.GROUP, true, link(NOBODY, Presence.ABSENT));

        assertComplete(capture(CaptureMode.INCREMENTAL));

        assertThat(history.received).isEmpty();
    }

    @Test
    void aLinkOfAGroupThatIsNotThereDoesNotOutliveTheNextFullCapture() {
        add(ObjectKind.GROUP, true, link(NOBODY, Presence.PRESENT));
        CaptureResult unused = capture(CaptureMode.INCREMENTAL);
        tenant.shown = (kind, page) -> page;

        assertComplete(capture(CaptureMode.FULL));

        assertThat(history.present(LinkKind.GROUP_MEMBERS.word()).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anObjectOfWhichOnlyLinksAreShownIsAskedFor(boolean whole) {
        ObjectRef late = tenant.create(ObjectKind.GROUP);
        tenant.link(LinkKind.GROUP_MEMBERS, late, user);
        tenant.shown = (kind, page) -> kind == ObjectKind.GROUP
                ? new DeltaPage(List.of(link(late.id(), Presence.PRESENT)), page.next(), page.complete())
                : page;

        CaptureResult result = capture(whole ? CaptureMode.FULL : CaptureMode.INCREMENTAL);

        assertComplete(result);
        assertThat(history.newest.get(late.key()).deleted()).isNull();
    }

    @Test
    void aDeltaQueryThatLeadsRoundInACircleIsNamedAndTheOthersAreRead() {
        ObjectRef late = tenant.create(ObjectKind.USER);
        tenant.shown = (kind, page) ->
                kind == ObjectKind.GROUP ? new DeltaPage(page.items(), new DeltaLink("page:round"), false) : page;

        CaptureResult result = capture(CaptureMode.INCREMENTAL);

        assertThat(result.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(result.report().reason()).startsWith("group: BAD_ANSWER;");
        assertThat(history.newest.get(late.key()).deleted()).isNull();
        tenant.shown = (kind, page) -> page;
        assertComplete(capture(CaptureMode.INCREMENTAL));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStoredLinkThatIsNotTakenAnyMoreIsLeftBehindForEverything(boolean badRequest) {
        ObjectRef late = tenant.create(ObjectKind.USER);
        refusal = badRequest ? OddDeltaTest::badRequest : () -> GraphException.unreadable("a link leads away");
        refused = OddDeltaTest::isStored;

        assertComplete(capture(CaptureMode.INCREMENTAL));

        assertThat(history.newest.get(late.key()).deleted()).isNull();
        assertThat(asked).contains("everything");
        refused = link -> false;
        asked.clear();
        assertComplete(capture(CaptureMode.INCREMENTAL));
        assertThat(asked).isNotEmpty().doesNotContain("everything");
    }

    @Test
    void aFreshReadingThatIsRefusedFailsAtOnce() {
        refused = link -> true;
        asked.clear();

        CaptureResult result = capture(CaptureMode.INCREMENTAL);

        assertThat(result.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(result.report().reason()).startsWith("user: BAD_REQUEST");
        assertThat(asked).hasSize(2).last().isEqualTo("everything");
    }

    @Test
    void aFurtherPageThatIsRefusedIsNoReasonToReadEverything() {
        for (int i = 0; i < 20; i++) {
            ObjectRef unused = tenant.create(ObjectKind.USER);
        }
        refused = link -> !isStored(link);
        asked.clear();

        CaptureResult result = capture(CaptureMode.INCREMENTAL);

        assertThat(result.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(asked).hasSize(2).doesNotContain("everything");
    }

    @Test
    void yesterdaysDeltaLinkFromAStoreThatWasSetBackTellsEverythingSince() {
        InMemoryCursorStore backup = store.copy();
        ObjectRef late = tenant.create(ObjectKind.USER);
        tenant.link(LinkKind.GROUP_MEMBERS, group, late);
        tenant.rename(user);
        assertComplete(capture(CaptureMode.INCREMENTAL));
        ObjectRef later = tenant.create(ObjectKind.APPLICATION);
        tenant.rename(late);

        setBackTo(backup);
        assertComplete(capture(CaptureMode.INCREMENTAL));
        tenant.delete(group);
        assertComplete(capture(CaptureMode.INCREMENTAL));
        tenant.restore(group);
        assertComplete(capture(CaptureMode.INCREMENTAL));

        assertThat(history.newest.get(later.key()).deleted()).isNull();
        assertThat(history.present(LinkKind.GROUP_MEMBERS.word()).count()).isEqualTo(2);
    }

    /** What came after the backup and went before it was put back is known to the history alone: the seal finds that out. */
    @Test
    void whatOnlyTheHistoryKnowsAfterAStoreWasSetBackMakesTheDigestsDiffer() {
        InMemoryCursorStore backup = store.copy();
        ObjectRef brief = tenant.create(ObjectKind.NAMED_LOCATION);
        assertComplete(capture(CaptureMode.INCREMENTAL));
        tenant.delete(brief);
        tenant.purge(brief);

        setBackTo(backup);
        CaptureResult result = capture(CaptureMode.FULL);

        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        TypeCount locations = result.report().types().stream()
                .filter(count -> count.type().equals(ObjectKind.NAMED_LOCATION.word()))
                .findFirst()
                .orElseThrow();
        assertThat(locations.presentDigest())
                .isNotEqualTo(history.present(locations.type()).hex());
    }

    private static boolean isStored(Optional<DeltaLink> link) {
        return link.filter(known -> known.url().startsWith("since:")).isPresent();
    }

    private static GraphException badRequest() {
        return GraphException.refused(
                new Batch.Part("1", Method.GET, "users/delta", Optional.empty(), "c"),
                new Batch.Answer(400, Optional.empty(), Optional.empty(), false, ""));
    }

    /** Time does not go back with the store. */
    private void setBackTo(InMemoryCursorStore backup) {
        store = backup;
        clock = Clock.offset(clock, Duration.ofHours(1));
    }

    private void add(ObjectKind kind, boolean first, DeltaItem item) {
        tenant.shown = (of, page) -> {
            if (of != kind) {
                return page;
            }
            List<DeltaItem> items = new ArrayList<>(page.items());
            items.add(first ? 0 : items.size(), item);
            return new DeltaPage(items, page.next(), page.complete());
        };
    }

    private DeltaItem link(ObjectId source, Presence presence) {
        LinkTarget target = new LinkTarget(user.id(), Optional.of("user"));
        return new DeltaItem.Present(
                source,
                JsonText.parseObject("{\"id\":\"" + source + "\"}"),
                List.of(new LinkChange(LinkKind.GROUP_MEMBERS, target, presence)));
    }

    private static DeltaItem present(ObjectId id, String object) {
        return new DeltaItem.Present(id, JsonText.parseObject(object), List.of());
    }

    private StateKey membership() {
        return new Link(LinkKind.GROUP_MEMBERS, group.id(), user.id()).key();
    }

    private CaptureResult capture(CaptureMode mode) {
        fence++;
        KnownStates known = KnownStates.open(store, TENANT, fence);
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, List.of());
        return new TenantCapture(order, tenant, known, history, () -> {}, Interludes.NONE, clock).run();
    }

    private void assertComplete(CaptureResult result) {
        assertThat(result.report().reason()).isNull();
        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(result.report().types()).allSatisfy(count -> {
            assertThat(count.present())
                    .as(count.type())
                    .isEqualTo(history.present(count.type()).count());
            assertThat(count.presentDigest())
                    .as(count.type())
                    .isEqualTo(history.present(count.type()).hex());
        });
    }
}
