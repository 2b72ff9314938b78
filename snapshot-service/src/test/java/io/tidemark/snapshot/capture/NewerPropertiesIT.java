package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.comparison.ObjectDiffer;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.tenant.LaterProperties.Later;
import io.tidemark.snapshot.capture.newer.NewerFound;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties that Graph declares and the catalogue does not know, of kinds that show only what is asked for by name. */
class NewerPropertiesIT {

    private final FaultyTenant tenant = new FaultyTenant();
    private String user;
    private String group;

    @BeforeEach
    void captureWhatTheCatalogueKnows() {
        tenant.newer = true;
        user = tenant.ids("users").get(0);
        group = tenant.ids("groups").get(0);
        CaptureResult known = tenant.capture(CaptureMode.FULL);
        assertThat(known.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(known.newer())
                .as("the catalogue knows all that is there today")
                .isEmpty();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aPropertyOfTomorrowIsRecordedFollowedAndNamedAndOneThatFailsInListsIsLeftOut() {
        JsonObject before = body(ObjectKind.USER, user);
        tomorrow();

        CaptureResult found = tenant.capture(CaptureMode.FULL);

        assertThat(found.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(found.newer())
                .containsExactly(
                        new NewerFound(
                                "user",
                                List.of("coloursOfTheDesk", "roomWithAView"),
                                Map.of("shoeSize", "NOT_IMPLEMENTED (501 NotImplemented)")),
                        new NewerFound("group", List.of("motto"), Map.of()));
        assertThat(body(ObjectKind.USER, user).findString("roomWithAView")).contains("B-17");
        assertThat(body(ObjectKind.GROUP, group).findString("motto")).contains("onwards");
        JsonObject other = body(ObjectKind.USER, tenant.ids("users").get(1));
        assertThat(other.find("roomWithAView")).contains(JsonNull.NULL);
        assertThat(other.find("coloursOfTheDesk")).contains(JsonArray.EMPTY);
        assertThat(ObjectDiffer.diff(ObjectKind.USER, before, body(ObjectKind.USER, user)))
                .as("what was never read before has not changed")
                .isEmpty();

        int since = tenant.memory.history.received.size();
        patch("users/" + user, "{\"roomWithAView\":\"B-18\"}");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ObjectKind.USER, user).findString("roomWithAView")).contains("B-18");
        patch("users/" + user, "{\"roomWithAView\":null}");
        assertThat(tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.USER, user))
                        .stage())
                .isEqualTo(Stage.COMPLETED);
        assertThat(body(ObjectKind.USER, user).find("roomWithAView")).contains(JsonNull.NULL);
        assertThat(states("user", since)).hasSize(2);

        since = tenant.memory.history.received.size();
        tenant.time.advance(Duration.ofDays(1));
        assertThat(tenant.capture(CaptureMode.FULL).newer()).isEqualTo(found.newer());
        assertThat(states("user", since)).as("lists and changes show the same").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"APPLICATION, applications", "SERVICE_PRINCIPAL, servicePrincipals"})
    void aChangeOfAPropertyThatIsShownUnaskedIsSeenByTheNextIncrementalCapture(ObjectKind kind, String collection) {
        String id = tenant.ids(collection).get(0);
        declare(kind.word(), "mascot", "String", false);
        declare(kind.word(), "ballast", "String", true);
        tenant.time.advance(Duration.ofDays(1));
        CaptureResult found = tenant.capture(CaptureMode.FULL);
        assertThat(found.newer())
                .containsExactly(new NewerFound(
                        kind.word(), List.of("mascot"), Map.of("ballast", "NOT_IMPLEMENTED (501 NotImplemented)")));

        int since = tenant.memory.history.received.size();
        patch(collection + "/" + id, "{\"mascot\":\"otter\"}");
        CaptureResult changes = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(changes.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(kind, id).findString("mascot")).contains("otter");
        assertThat(states(kind.word(), since)).hasSize(1);
        tenant.time.advance(Duration.ofDays(1));
        since = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).newer()).isEqualTo(found.newer());
        assertThat(states(kind.word(), since))
                .as("lists and changes show the same")
                .isEmpty();
    }

    @Test
    void aListThatFailsLaterIsReadWithWhatTheCatalogueKnows() {
        tomorrow();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        declare("user", "roomWithAView", "String", true);
        patch("users/" + user, "{\"department\":\"Cellar\"}");

        CaptureResult changes = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(changes.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(body(ObjectKind.USER, user).findString("department")).contains("Cellar");
        assertThat(body(ObjectKind.USER, user).find("roomWithAView")).isEmpty();
        NewerFound ofUsers = changes.newer().get(0);
        assertThat(ofUsers.read()).isEmpty();
        assertThat(ofUsers.leftOut()).containsOnlyKeys("coloursOfTheDesk", "roomWithAView", "shoeSize");
        int since = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(states("user", since)).isEmpty();
    }

    @Test
    void withoutTheDocumentCapturesGoOnAndKeepWhatWasFoundBefore() {
        tomorrow();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        tenant.simulator
                .faults()
                .add(new FaultRule(Fault.SERVER_ERROR, 1, Set.of("GET"), Pattern.compile("metadata"), 0, 0, 0));
        tenant.time.advance(Duration.ofDays(1));
        patch("users/" + user, "{\"roomWithAView\":\"B-19\"}");

        CaptureResult blind = tenant.capture(CaptureMode.FULL);

        assertThat(blind.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.simulator.faults().counts()).containsEntry(Fault.SERVER_ERROR, 1);
        assertThat(body(ObjectKind.USER, user).findString("roomWithAView")).contains("B-19");
    }

    @Test
    void anOutageDropsNothing() {
        tomorrow();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        tenant.simulator
                .faults()
                .add(new FaultRule(Fault.SERVER_ERROR, 1, Set.of("GET"), Pattern.compile("users/delta"), 0, 0, 0));

        CaptureResult out = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(out.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(out.newer().get(0).read()).containsExactly("coloursOfTheDesk", "roomWithAView");
        tenant.simulator.faults().clear();
        int since = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).newer()).isEqualTo(out.newer());
        assertThat(body(ObjectKind.USER, user).findString("roomWithAView")).contains("B-17");
        assertThat(states("user", since)).isEmpty();
    }

    private void tomorrow() {
        declare("user", "roomWithAView", "String", false);
        declare("user", "coloursOfTheDesk", "[String]", false);
        declare("user", "shoeSize", "String", true);
        declare("group", "motto", "String", false);
        patch("users/" + user, "{\"roomWithAView\":\"B-17\"}");
        patch("groups/" + group, "{\"motto\":\"onwards\"}");
        tenant.time.advance(Duration.ofDays(1));
    }

    private void declare(String type, String name, String of, boolean alone) {
        tenant.simulator.tenant().later().declare(new Later(type, name, of, alone));
    }

    private void patch(String path, String body) {
        String unused = tenant.administer("PATCH", path, body);
    }

    private JsonObject body(ObjectKind kind, String id) {
        return tenant.memory.history.newest.get(ObjectRef.of(kind, id).key()).body();
    }

    private List<ObjectState> states(String type, int since) {
        List<ObjectState> received = tenant.memory.history.received;
        return received.subList(since, received.size()).stream()
                .filter(state -> state.objectType().equals(type))
                .toList();
    }
}
