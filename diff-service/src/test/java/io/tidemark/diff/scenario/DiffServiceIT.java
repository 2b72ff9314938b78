package io.tidemark.diff.scenario;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.Topic;
import io.tidemark.diff.SampleStates;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From states on a real broker to sealed snapshots, reports and wanted states over HTTP. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
class DiffServiceIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant INCIDENT = T0.plusSeconds(3600);

    private final EventPublisher publisher;
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Inject
    DiffServiceIT(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Test
    void anIncidentIsReportedWithWhoDidItAndCanBeTakenBack() {
        before();
        sealed("c1");
        incident();
        sealed("c2");

        JsonPath report = report("snapshot:c1", "snapshot:c2");

        assertThat(report.getMap("counts.byType.user")).containsEntry("modified", 1);
        assertThat(report.getMap("counts.byType.group")).containsEntry("softDeleted", 1);
        assertThat(report.getMap("counts.byProperty")).isEqualTo(Map.of("user/department", 1));
        assertThat(report.getMap("counts.byLink.'group.members'")).isEqualTo(Map.of("added", 0, "removed", 1));
        assertThat(report.getMap("counts.byLink.'user.manager'")).isEqualTo(Map.of("added", 0, "removed", 1));
        assertThat(report.getList("counts.byActor.actor.appId")).containsExactly("app-1");
        assertThat(report.getLong("counts.unattributed.changes")).isZero();
        JsonPath items =
                get("/reports/" + report.getString("reportId") + "/items").jsonPath();
        assertThat(items.getString("items.find { it.type == 'user' }.name")).isEqualTo("Person u1");
        assertThat(items.getString("items.find { it.type == 'user' }.attribution[0].grade"))
                .isEqualTo("EXACT");
        assertThat(items.getString("items.find { it.type == 'user' }.properties[0].before"))
                .isEqualTo("Sales");
        assertThat(items.getString("items.find { it.type == 'group' }.attribution[0].grade"))
                .isEqualTo("EXACT");

        List<String> lines = wanted("{\"moment\":\"snapshot:c1\"}");

        assertThat(lines).hasSize(5);
        assertThat(lines.get(4)).contains("\"end\":true", "\"count\":4");
        assertThat(lines.get(0))
                .contains("\"type\":\"group\"", "\"latest\":\"SOFT_DELETED\"", "\"wanted\":\"PRESENT\"");
        assertThat(lines).anyMatch(line -> line.contains("\"type\":\"user.manager\""));
    }

    @Test
    void whatIsDeliveredAgainChangesNothing() {
        before();
        sealed("c1");
        incident();
        sealed("c2");
        JsonPath once = report("snapshot:c1", "snapshot:c2");
        var history = get("/objects/user/u1/history").body().asString();

        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        capture("c3", INCIDENT.plusSeconds(600));
        publish(states.user("u9", "Legal"));
        completed(CaptureMode.INCREMENTAL, INCIDENT.plusSeconds(601));
        sealed("c3");
        given().post(url("/reports/" + once.getString("reportId") + "/refresh-attribution"))
                .then()
                .statusCode(202);

        assertThat(get("/objects/user/u1/history").body().asString()).isEqualTo(history);
        assertThat(get("/reports/" + once.getString("reportId")).jsonPath().getMap("counts"))
                .isEqualTo(once.getMap("counts"));
    }

    @Test
    void aSnapshotWhoseStatesAreMissingStaysPending() {
        capture("c1", T0);
        publish(states.user("u1", "Sales"));
        states.user("u2", "Sales");
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        capture("c2", T0.plusSeconds(10));
        publish(states.user("u3", "Sales"));
        completed(CaptureMode.INCREMENTAL, T0.plusSeconds(15));
        sealed("c2");

        assertThat(get("/snapshots/c1").jsonPath().getString("state")).isEqualTo("PENDING");
        given().contentType(ContentType.JSON)
                .body("{\"from\":\"snapshot:c1\",\"to\":\"latest\"}")
                .post(url("/reports"))
                .then()
                .statusCode(409);
    }

    @Test
    void theLiveTenantIsComparedOnceItsCaptureIsSealed() {
        before();
        sealed("c1");
        String id = order("snapshot:c1", "live");
        capture("live-" + tenant, INCIDENT);
        publish(states.user("u2", "Legal"));
        completed(CaptureMode.INCREMENTAL, INCIDENT.plusSeconds(5));

        JsonPath report = ended(id, "READY");

        assertThat(report.getMap("counts.byProperty")).isEqualTo(Map.of("user/department", 1));
        assertThat(report.getString("to.moment")).isEqualTo("live");
        assertThat(report.getLong("counts.unattributed.changes")).isEqualTo(1);
    }

    @Test
    void aLiveTenantThatCannotBeCapturedFailsTheReportWithTheReason() {
        before();
        sealed("c1");
        String id = order("snapshot:c1", "live");
        capture("live-" + tenant, INCIDENT);
        CaptureReport report = states.completed(CaptureMode.INCREMENTAL, INCIDENT);
        publisher.publish(SampleStates.event(
                new CaptureReport(
                        report.tenantId(),
                        report.captureId(),
                        report.mode(),
                        null,
                        false,
                        report.startedAt(),
                        report.completedAt(),
                        List.of(),
                        "permission User.Read.All is missing"),
                EventType.SNAPSHOT_FAILED));

        JsonPath failed = ended(id, "FAILED");

        assertThat(failed.getString("reason")).contains("FAILED", "permission User.Read.All is missing");
    }

    @Test
    void operatorsHearOfACaptureThatWasNotWholeAndWhy() {
        capture("c1", T0);
        CaptureReport report = states.completed(CaptureMode.INCREMENTAL, T0.plusSeconds(5));
        publisher.publish(SampleStates.event(
                new CaptureReport(
                        report.tenantId(),
                        report.captureId(),
                        report.mode(),
                        null,
                        false,
                        report.startedAt(),
                        report.completedAt(),
                        List.of(),
                        "user: FORBIDDEN (403)"),
                EventType.SNAPSHOT_INCOMPLETE));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(new String(
                                TopicReplay.find(Topic.OPS, tenant + "|diff-service")
                                        .value(),
                                UTF_8))
                        .contains("\"event\":\"snapshot-incomplete\"", "c1 is INCOMPLETE: user: FORBIDDEN (403)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"objectType\":\"user\"}", "{\"tenantId\":null}"})
    void aStateThatLacksWhatEveryStateHasIsParkedAndTheOthersGoOn(String poison) {
        capture("c1", T0);
        ObjectState sound = states.user("u1", "Sales");
        publish(sound);
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        sealed("c1");
        double before = parked();
        TopicReplay.send(TopicReplay.find(tenant + "|user|u1"), poison.getBytes(UTF_8));
        capture("c2", T0.plusSeconds(60));
        publish(states.user("u1", "Legal"));
        completed(CaptureMode.INCREMENTAL, T0.plusSeconds(65));

        sealed("c2");
        assertThat(parked()).isEqualTo(before + 1);
    }

    @Test
    void aBodyThatWasTooLargeForAMessageIsFetchedFromItsSender() {
        capture("c1", T0);
        ObjectState large = states.user("u1", "Sales".repeat(100_000));
        publish(large.claimed(FakeSnapshotService.keep(JsonText.bytes(large.body()))));
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        sealed("c1");

        assertThat(get("/objects/user/u1").body().asString()).contains("Sales".repeat(100_000));
    }

    @Test
    void aStateThatCannotBeKeptIsParkedAndTheOthersGoOn() {
        capture("c1", T0);
        ObjectState sound = states.user("u1", "Sales");
        double before = parked();
        publish(new ObjectState(
                sound.tenantId(), "user", "u2", "no hash", "c1", sound.source(), T0, null, sound.body(), List.of()));
        publish(sound);
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        sealed("c1");

        assertThat(get("/objects/user/u2").statusCode()).isEqualTo(404);
        assertThat(parked()).isEqualTo(before + 1);
    }

    @Test
    void aBodyOfMoreBytesThanADocumentHoldsIsParkedHoweverFewItsCharacters() {
        capture("c1", T0);
        ObjectState sound = states.user("u1", "Sales");
        double before = parked();
        ObjectState wide = new SampleStates(tenant).capture("c1", T0).user("u2", "\u90e8".repeat(6_000_000));
        publish(wide.claimed(FakeSnapshotService.keep(JsonText.bytes(wide.body()))));
        publish(sound);
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        sealed("c1");

        assertThat(get("/objects/user/u2").statusCode()).isEqualTo(404);
        assertThat(parked()).isEqualTo(before + 1);
    }

    @Test
    void csvKeepsFormulasFromRunning() {
        capture("c1", T0);
        publish(states.user("u1", "Sales"));
        completed(CaptureMode.FULL, T0.plusSeconds(5));
        sealed("c1");
        capture("c2", INCIDENT);
        publish(states.user("u1", "=HYPERLINK(1)"));
        completed(CaptureMode.INCREMENTAL, INCIDENT.plusSeconds(5));
        sealed("c2");

        String id = report("snapshot:c1", "snapshot:c2").getString("reportId");

        assertThat(get("/reports/" + id + "/items.csv").body().asString()).contains(",'=HYPERLINK(1),");
        assertThat(get("/reports/" + id + "/items.ndjson").body().asString()).contains("\"after\":\"=HYPERLINK(1)\"");
    }

    @Test
    void requestsThatCannotBeServedSayWhy() {
        assertThat(given().get("/api/v1/tenants/nobody/snapshots").jsonPath().getString("type"))
                .isEqualTo("urn:tidemark:problem:invalid-tenant");
        assertThat(get("/snapshots/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/reports/nothing").statusCode()).isEqualTo(404);
        assertThat(given().contentType(ContentType.JSON)
                        .body("{\"moment\":\"yesterday\"}")
                        .post(url("/wanted-states"))
                        .statusCode())
                .isEqualTo(400);
    }

    /** How many records of states have been parked so far. */
    private static double parked() {
        return given().get("/q/metrics")
                .body()
                .asString()
                .lines()
                .filter(line -> line.startsWith("tidemark_dead_letters_total{") && line.contains("object-state"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void before() {
        capture("c1", T0);
        publisher.publish(SampleStates.event(states.started(CaptureMode.FULL), EventType.SNAPSHOT_STARTED));
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"Team\"}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        states.link(Link.of(LinkKind.USER_MANAGER, "u1", "u2"), "user");
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        completed(CaptureMode.FULL, T0.plusSeconds(5));
    }

    private void incident() {
        StateKey user = new StateKey("user", "u1");
        StateKey group = new StateKey("group", "g1");
        Instant at = INCIDENT.minusSeconds(60);
        publisher.publish(List.of(
                SampleStates.event(states.change(
                        "a1",
                        Operation.UPDATE,
                        user,
                        at,
                        List.of(),
                        new LoggedProperty("Department", "department", new JsonString("Sales"), JsonNull.NULL))),
                SampleStates.event(
                        states.change("a2", Operation.UNLINK, user, at, List.of(new Related("manager", "user", "u2")))),
                SampleStates.event(states.change("a3", Operation.DELETE, group, at, List.of()))));
        capture("c2", INCIDENT);
        states.user("u1", null);
        states.delete(group, Deletion.SOFT);
        states.delete(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1").key(), Deletion.HARD);
        states.delete(Link.of(LinkKind.USER_MANAGER, "u1", "u2").key(), Deletion.HARD);
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        completed(CaptureMode.INCREMENTAL, INCIDENT.plusSeconds(5));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get("/attribution/group/g1").jsonPath().getList("events"))
                                .hasSize(1));
    }

    private void capture(String id, Instant at) {
        states.capture(id, at);
    }

    private void publish(ObjectState state) {
        publisher.publish(SampleStates.event(state));
    }

    private void completed(CaptureMode mode, Instant at) {
        CaptureReport report = states.completed(mode, at);
        publisher.publish(SampleStates.event(report, EventType.SNAPSHOT_COMPLETED));
    }

    private void sealed(String id) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/snapshots/" + id).body().asString()).contains("\"state\":\"SEALED\""));
    }

    private JsonPath report(String from, String to) {
        return ended(order(from, to), "READY");
    }

    private String order(String from, String to) {
        Response accepted = given().contentType(ContentType.JSON)
                .body(Map.of("from", from, "to", to))
                .post(url("/reports"));
        assertThat(accepted.statusCode()).isEqualTo(202);
        return accepted.jsonPath().getString("reportId");
    }

    private JsonPath ended(String id, String state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("/reports/" + id).jsonPath().getString("state"))
                        .isEqualTo(state));
        return get("/reports/" + id).jsonPath();
    }

    private List<String> wanted(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(url("/wanted-states"))
                .body()
                .asString()
                .lines()
                .toList();
    }

    private Response get(String path) {
        return given().get(url(path));
    }

    private String url(String path) {
        return "/api/v1/tenants/" + tenant + path;
    }
}
