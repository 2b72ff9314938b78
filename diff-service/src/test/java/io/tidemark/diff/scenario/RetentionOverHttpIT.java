package io.tidemark.diff.scenario;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.Stamp;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What operators and other services see of retention: ahead of it, while it is frozen, and afterwards. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
@QuarkusTestResource(value = RetainedTenant.class, restrictToAnnotatedClass = true)
class RetentionOverHttpIT {

    private static final Instant T0 = SampleStates.START;
    private static final int USERS = 30;

    private final EventPublisher publisher;
    private final MongoClient mongo;
    private final String database;
    private final SampleStates states = new SampleStates(TenantId.parse(RetainedTenant.ID));

    @Inject
    RetentionOverHttpIT(
            EventPublisher publisher,
            MongoClient mongo,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.publisher = publisher;
        this.mongo = mongo;
        this.database = database;
    }

    @Test
    void whatGoesIsToldBeforeItIsFrozenBySuspicionAndIsGoneWithAReason() {
        for (int i = 0; i < 4; i++) {
            capture(i);
            settled("c" + i, "SEALED");
        }
        pin("c0", 200);
        states.capture("c4", moment(4));
        for (int i = 0; i < USERS / 2; i++) {
            states.delete(new StateKey("user", "u" + i), Deletion.SOFT);
        }
        publish(moment(4));
        settled("c4", "SUSPECT");
        String report = report("snapshot:c1", "snapshot:c2").jsonPath().getString("reportId");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get("/reports/" + report).jsonPath().getString("state"))
                                .isEqualTo("READY"));
        for (int i = 0; i < 3; i++) {
            sealedAt("c" + i, moment(i));
        }

        JsonPath ahead = get("/retention").jsonPath();
        assertThat(ahead.getBoolean("policy.keepsEverything")).isFalse();
        assertThat(ahead.getString("policy.window")).isEqualTo("P7D");
        assertThat(ahead.getBoolean("frozen")).isTrue();
        assertThat(ahead.getList("because")).containsExactly("c4");
        assertThat(ahead.getString("held")).startsWith("FROZEN").contains("c4");
        assertThat(ahead.getList("next.drops.snapshotId")).containsExactly("c1", "c2");
        assertThat(ahead.getList("next.drops.rule")).containsOnly("NOT_FIRST");
        assertThat(ahead.getLong("next.versions")).isPositive();
        assertThat(ahead.getList("lastGood")).containsExactly("c3");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("/retention").jsonPath().getString("lastRound.held"))
                        .startsWith("FROZEN"));
        assertThat(get("/snapshots/c1").statusCode()).isEqualTo(200);
        assertThat(get("/objects/user/restless?at=snapshot:c1").statusCode()).isEqualTo(200);

        post("/snapshots/c4/accept", Map.of("by", "ada", "reason", "a site was closed"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(get("/snapshots/c2").statusCode()).isEqualTo(410));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/retention").jsonPath().getLong("next.versions"))
                        .isZero());

        refusals(report);
        whatIsKept();
    }

    private void refusals(String report) {
        JsonPath gone = gone(get("/snapshots/c1"));
        assertThat(gone.getString("type")).endsWith("snapshot-dropped");
        assertThat(gone.getString("extensions.rule")).isEqualTo("NOT_FIRST");
        assertThat(Instant.parse(gone.getString("extensions.droppedAt"))).isAfter(T0);
        assertThat(gone.getString("extensions.policy")).contains("window=P7D");
        gone(get("/snapshots/c1/moved"));
        gone(post("/snapshots/c1/verify", Map.of("level", "STRUCTURE")));
        gone(post("/snapshots/c1/exports", Map.of("target", "none")));
        gone(post("/snapshots/c1/accept", Map.of("by", "ada", "reason", "late")));
        gone(post("/wanted-states", Map.of("moment", "snapshot:c1")));
        gone(report("snapshot:c1", "snapshot:c4"));
        gone(report("snapshot:c0", "instant:" + moment(2)));
        gone(post("/reports/" + report + "/refresh-attribution", Map.of()));
        pin("c1", 410);
        JsonPath thinned = gone(get("/objects/user/restless?at=instant:" + moment(1)));
        assertThat(thinned.getString("type")).endsWith("moment-thinned");
        assertThat(thinned.getString("extensions.keptBefore")).isEqualTo(ended(0).toString());
        assertThat(thinned.getString("extensions.snapshotBefore")).isEqualTo("c0");
        assertThat(thinned.getString("extensions.keptSince")).isEqualTo(ended(3).toString());
        assertThat(get("/snapshots/c9").statusCode()).isEqualTo(404);
    }

    private void whatIsKept() {
        assertThat(get("/snapshots").jsonPath().getList("snapshots.snapshotId")).containsExactly("c4", "c3", "c0");
        assertThat(get("/objects/user/restless?at=snapshot:c0").jsonPath().getString("body.department"))
                .isEqualTo("D0");
        assertThat(get("/objects/user/restless?at=instant:" + ended(3))
                        .jsonPath()
                        .getString("body.department"))
                .isEqualTo("D3");
        assertThat(post("/wanted-states", Map.of("moment", "snapshot:c0"))
                        .body()
                        .asString())
                .contains("\"end\":true");
        assertThat(report("snapshot:c0", "snapshot:c4").statusCode()).isEqualTo(202);
        JsonPath after = get("/retention").jsonPath();
        assertThat(after.getBoolean("frozen")).isFalse();
        assertThat(after.getString("held")).isNull();
        assertThat(after.getList("kept.snapshotId")).containsExactly("c0");
        assertThat(after.getList("kept[0].why")).contains("PINNED");
        assertThat(after.getList("next.drops")).isEmpty();
        assertThat(get("/history").statusCode()).isEqualTo(404);
    }

    @Test
    void aTenantWithoutAPolicyKeepsEverythingAndSaysSo() {
        JsonPath shown = given().get("/api/v1/tenants/5d1a3c7e-9a55-4b3e-8f6b-2f7d0c1e4a91/retention")
                .jsonPath();

        assertThat(shown.getBoolean("policy.keepsEverything")).isTrue();
        assertThat(shown.getBoolean("frozen")).isFalse();
        assertThat(shown.getString("next")).isNull();
    }

    private void capture(int i) {
        states.capture("c" + i, moment(i));
        if (i == 0) {
            for (int user = 0; user < USERS; user++) {
                states.user("u" + user, "Sales");
            }
        }
        states.user("restless", "D" + i);
        publish(moment(i));
    }

    private void publish(Instant at) {
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(SampleStates.event(
                states.completed(CaptureMode.FULL, at.plusSeconds(5)), EventType.SNAPSHOT_COMPLETED));
    }

    private static Instant moment(int i) {
        return T0.plus(Duration.ofHours(i));
    }

    private static Instant ended(int i) {
        return moment(i).plusSeconds(5);
    }

    private void settled(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/snapshots/" + id).body().asString()).contains("\"state\":\"" + state + "\""));
    }

    /** As if it had been sealed when it was captured. */
    private void sealedAt(String id, Instant at) {
        mongo.getDatabase(database)
                .getCollection("snapshots")
                .updateOne(eq("_id", RetainedTenant.ID + "|" + id), set("sealedAt", Stamp.text(at)));
    }

    private void pin(String id, int status) {
        given().contentType(ContentType.JSON)
                .body(Map.of("pinned", true))
                .patch(url("/snapshots/" + id))
                .then()
                .statusCode(status);
    }

    private Response report(String from, String to) {
        return post("/reports", Map.of("from", from, "to", to));
    }

    private static JsonPath gone(Response response) {
        assertThat(response.statusCode()).as(response.body().asString()).isEqualTo(410);
        assertThat(response.contentType()).startsWith("application/problem+json");
        return response.jsonPath();
    }

    private Response post(String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post(url(path));
    }

    private static Response get(String path) {
        return given().get(url(path));
    }

    private static String url(String path) {
        return "/api/v1/tenants/" + RetainedTenant.ID + path;
    }
}
