package io.tidemark.diff.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.compare.Difference;
import io.tidemark.diff.compare.LinkChange;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.comparison.PropertyChange;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttributorTest {

    private static final Instant TO = SampleStates.START.plusSeconds(3600);
    private static final ObjectRef USER = ObjectRef.of(ObjectKind.USER, "u1");
    private static final ObjectRef GROUP = ObjectRef.of(ObjectKind.GROUP, "g1");
    private static final String EXTENSION = "onPremisesExtensionAttributes/extensionAttribute1";

    private final SampleStates events = new SampleStates(new TenantId(UUID.randomUUID()));

    @Test
    void anEventThatSaysTheValueIsExact() {
        var found = attribute(
                modified("department", text("Sales"), JsonNull.NULL),
                update("a1", -60, logged("department", text("Sales"), JsonNull.NULL)));

        assertThat(found).containsExactly("EXACT a1 [department]");
    }

    @Test
    void theLogKnowsOneKindOfNothing() {
        var found = attribute(
                modified("department", text("Sales"), JsonNull.NULL),
                update("a1", -60, logged("department", text("Sales"), JsonText.parse("[\"\"]"))));

        assertThat(found).containsExactly("EXACT a1 [department]");
    }

    @Test
    void anEventThatNamesThePropertyWithoutItsValueIsAboutTheProperty() {
        var found = attribute(
                modified("department", text("Sales"), JsonNull.NULL),
                update("a1", -60, logged("department", null, null)));

        assertThat(found).containsExactly("PROPERTY a1 [department]");
    }

    @Test
    void aValueInsideALoggedObjectIsFound() {
        var found = attribute(
                modified(EXTENSION, text("x"), text("y")),
                update(
                        "a1",
                        -60,
                        logged(
                                "onPremisesExtensionAttributes",
                                null,
                                JsonText.parse("{\"extensionAttribute1\":\"y\"}"))));

        assertThat(found).containsExactly("EXACT a1 [" + EXTENSION + "]");
    }

    @Test
    void aSurerEventCountsMoreThanALaterOne() {
        var found = attribute(
                modified("department", text("Sales"), text("Legal")),
                update("a1", -600, logged("department", text("Sales"), text("Legal"))),
                update("a2", -60, logged("department", text("x"), text("y"))),
                update("a3", -30, logged("jobTitle", text("x"), text("y"))));

        assertThat(found).containsExactly("EXACT a1 [department]");
    }

    @Test
    void ofEquallySureEventsTheLastBeforeTheMomentCounts() {
        var found = attribute(
                modified("department", text("Sales"), text("Legal")),
                update("a1", -600, logged("department", null, text("Legal"))),
                update("a2", -60, logged("department", null, text("Legal"))),
                update("a3", 60, logged("department", null, text("Legal"))));

        assertThat(found).containsExactly("EXACT a2 [department]");
    }

    @Test
    void failedEventsCausedNothing() {
        ChangeRecorded event = update("a1", -60, logged("department", null, text("Legal")));
        ChangeRecorded failed = SampleStates.failed(event);

        assertThat(attribute(modified("department", text("Sales"), text("Legal")), failed))
                .containsExactly("NONE - [department]");
    }

    @Test
    void aRemovedMemberIsAttributedToTheEventOfThatMember() {
        Link link = Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1");
        ChangeRecorded event = events.change(
                "a1", Operation.UNLINK, GROUP.key(), TO.minusSeconds(60), List.of(new Related("member", "user", "u1")));

        Attribution found = link(link, Direction.REMOVED, Map.of(link.key(), List.of(event)));

        assertThat(found.grade()).isEqualTo(Grade.EXACT);
    }

    @Test
    void aReplacedManagerIsAttributedToTheEventThatSetTheNewOne() {
        ChangeRecorded event = events.change(
                "a1", Operation.LINK, USER.key(), TO.minusSeconds(60), List.of(new Related("manager", "user", "m2")));
        Map<StateKey, List<ChangeRecorded>> log = Map.of(USER.key(), List.of(event));

        Attribution came = link(Link.of(LinkKind.USER_MANAGER, "u1", "m2"), Direction.ADDED, log);
        Attribution went = link(Link.of(LinkKind.USER_MANAGER, "u1", "m1"), Direction.REMOVED, log);

        assertThat(came.grade()).isEqualTo(Grade.EXACT);
        assertThat(went.grade()).isEqualTo(Grade.PROPERTY);
    }

    @Test
    void aMembershipThatWentWithItsUserIsAttributedToTheUsersDeletion() {
        Link link = Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1");
        ChangeRecorded event = events.change("a1", Operation.DELETE, USER.key(), TO.minusSeconds(60), List.of());

        Attribution found = link(link, Direction.REMOVED, Map.of(USER.key(), List.of(event)));

        assertThat(found.grade()).isEqualTo(Grade.OBJECT);
    }

    @Test
    void aPurgeIsAttributedToThePurgeAndNotToTheSoftDeletionBeforeIt() {
        ObjectRef application = ObjectRef.of(ObjectKind.APPLICATION, "p1");
        Difference gone = new Difference(application, null, Action.HARD_DELETED, List.of(), List.of());
        List<ChangeRecorded> log = List.of(
                events.change("a1", Operation.DELETE, application.key(), TO.minusSeconds(60), List.of()),
                events.change("a2", Operation.HARD_DELETE, application.key(), TO.minusSeconds(90), List.of()));

        var found = new Attributor(TO, Map.of(application.key(), log)).attribute(gone);

        assertThat(found.attributions()).extracting(AttributorTest::text).containsExactly("EXACT a2 []");
    }

    private Attribution link(Link link, Direction direction, Map<StateKey, List<ChangeRecorded>> log) {
        Difference difference = new Difference(
                link.sourceRef(), null, Action.MODIFIED, List.of(), List.of(new LinkChange(link, direction, "user")));
        assertThat(Attributor.evidence(difference)).containsAll(log.keySet());
        return new Attributor(TO, log).attribute(difference).links().get(0).attribution();
    }

    private List<String> attribute(Difference difference, ChangeRecorded... log) {
        var found = new Attributor(TO, Map.of(difference.object().key(), List.of(log))).attribute(difference);
        return found.attributions().stream().map(AttributorTest::text).toList();
    }

    private static String text(Attribution attribution) {
        String event = attribution.event() == null ? "-" : attribution.event().auditId();
        return attribution.grade() + " " + event + " " + attribution.paths();
    }

    private static Difference modified(String path, JsonValue before, JsonValue after) {
        return new Difference(USER, null, Action.MODIFIED, List.of(new PropertyChange(path, before, after)), List.of());
    }

    private ChangeRecorded update(String id, long seconds, LoggedProperty... properties) {
        return events.change(id, Operation.UPDATE, USER.key(), TO.plusSeconds(seconds), List.of(), properties);
    }

    private static LoggedProperty logged(String path, JsonValue before, JsonValue after) {
        return new LoggedProperty("Logged", path, before, after);
    }

    private static JsonValue text(String text) {
        return new JsonString(text);
    }
}
