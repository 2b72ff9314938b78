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
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What operators do with sealed snapshots: verify them, doubt them, accept them, name them. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
class SnapshotCareIT {

    private static final Instant T0 = SampleStates.START;

    private final EventPublisher publisher;
    private final MongoClient mongo;
    private final String database;
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Inject
    SnapshotCareIT(
            EventPublisher publisher,
            MongoClient mongo,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.publisher = publisher;
        this.mongo = mongo;
        this.database = database;
    }

    @Test
    void aDamagedSnapshotIsFoundAndItsDamageListed() {
        users("c1", T0, 30);
        settled("c1", "SEALED");
        JsonPath intact = verified("c1", Map.of("level", "EVERY_BYTE"));
        mongo.getDatabase(database)
                .getCollection("objects")
                .updateOne(eq("_id", tenant + "|user|u7"), set("body", "{\"id\":\"u7\",\"department\":\"Forged\"}"));

        JsonPath damaged = verified("c1", Map.of("level", "EVERY_BYTE"));

        assertThat(intact.getString("verdict.outcome")).isEqualTo("INTACT");
        assertThat(intact.getLong("verdict.texts")).isEqualTo(30);
        assertThat(damaged.getString("verdict.outcome")).isEqualTo("DAMAGED");
        assertThat(damaged.getLong("verdict.findings")).isEqualTo(1);
        assertThat(damaged.getLong("progress.done")).isEqualTo(30);
        String findings = get("/snapshots/c1/verifications/" + damaged.getString("verificationId") + "/findings")
                .body()
                .asString();
        assertThat(findings.lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"type\":\"user\"", "\"id\":\"u7\"", "\"what\":\"body\"")
                        .doesNotContain("Forged"));
        assertThat(get("/snapshots/c1/verifications").jsonPath().getList("verifications"))
                .hasSize(2);
    }

    @Test
    void whatIsMissingOfTheHistoryIsNamedToWhoeverAsksForIt() {
        users("c1", T0, 2);
        settled("c1", "SEALED");
        states.capture("c2", T0.plusSeconds(600)).user("u1", "Elsewhere");
        publish(T0.plusSeconds(605));
        settled("c2", "SEALED");
        mongo.getDatabase(database).getCollection("versions").deleteMany(eq("tenant", tenant.toString()));

        assertThat(problem(get("/objects/user/u1?at=snapshot:c1"), 409)).contains("version user/u1", "is not stored");
    }

    @Test
    void theSameOrderWithTheSameKeyIsOneVerification() {
        users("c1", T0, 3);
        settled("c1", "SEALED");

        String once =
                order("c1", Map.of("level", "STRUCTURE"), "again").jsonPath().getString("verificationId");
        String twice =
                order("c1", Map.of("level", "STRUCTURE"), "again").jsonPath().getString("verificationId");

        assertThat(twice).isEqualTo(once);
    }

    @Test
    void badOrdersNameWhatIsWrong() {
        users("c1", T0, 3);
        settled("c1", "SEALED");

        assertThat(problem(order("c1", Map.of(), "1"), 400)).contains("'level'");
        assertThat(problem(order("c1", Map.of("level", "SAMPLE", "share", 7), "2"), 400))
                .contains("'share'");
        assertThat(problem(order("c1", Map.of("level", "SOMEHOW"), "3"), 400)).contains("level");
        assertThat(problem(order("c9", Map.of("level", "SAMPLE"), "4"), 404)).contains("snapshot");
        assertThat(problem(post("/snapshots/c1/accept", Map.of("by", "ada", "reason", "why not")), 409))
                .contains("SEALED");
    }

    @Test
    void aSuspectSnapshotFreezesRetentionAndRestoresUntilItIsAccepted() {
        users("c1", T0, 60);
        settled("c1", "SEALED");
        states.capture("c2", T0.plusSeconds(600));
        for (int i = 0; i < 30; i++) {
            states.delete(new StateKey("user", "u" + i), Deletion.SOFT);
        }
        publish(T0.plusSeconds(605));
        settled("c2", "SUSPECT");

        assertThat(get("/snapshots").jsonPath().getBoolean("retention.frozen")).isTrue();
        assertThat(get("/snapshots").jsonPath().getList("retention.because")).containsExactly("c2");
        assertThat(problem(post("/wanted-states", Map.of("moment", "snapshot:c2")), 409))
                .contains("c2", "accept");
        assertThat(problem(post("/snapshots/c2/accept", Map.of("by", "ada")), 400))
                .contains("'reason'");

        JsonPath accepted = post("/snapshots/c2/accept", Map.of("by", "ada", "reason", "a site was closed"))
                .jsonPath();
        JsonPath again = post("/snapshots/c2/accept", Map.of("by", "bob", "reason", "me too"))
                .jsonPath();

        assertThat(accepted.getString("state")).isEqualTo("SEALED");
        assertThat(again.getString("accepted.by")).isEqualTo("ada");
        assertThat(again.getString("accepted.at")).isEqualTo(accepted.getString("accepted.at"));
        assertThat(get("/snapshots").jsonPath().getBoolean("retention.frozen")).isFalse();
        assertThat(post("/wanted-states", Map.of("moment", "snapshot:c2")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSnapshotGetsANameAndAPin() {
        users("c1", T0, 2);
        settled("c1", "SEALED");

        given().contentType(ContentType.JSON)
                .body(Map.of("label", "before the merger", "pinned", true))
                .patch(url("/snapshots/c1"))
                .then()
                .statusCode(200);

        JsonPath shown = get("/snapshots/c1").jsonPath();
        assertThat(shown.getString("label")).isEqualTo("before the merger");
        assertThat(shown.getBoolean("pinned")).isTrue();
    }

    private void users(String capture, Instant at, int count) {
        states.capture(capture, at);
        for (int i = 0; i < count; i++) {
            states.user("u" + i, "Sales");
        }
        publish(at.plusSeconds(5));
    }

    private void publish(Instant completed) {
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(
                SampleStates.event(states.completed(CaptureMode.FULL, completed), EventType.SNAPSHOT_COMPLETED));
    }

    private void settled(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/snapshots/" + id).body().asString()).contains("\"state\":\"" + state + "\""));
    }

    private JsonPath verified(String id, Map<String, Object> order) {
        Response accepted = order(id, order, UUID.randomUUID().toString());
        assertThat(accepted.statusCode()).isEqualTo(202);
        String path =
                "/snapshots/" + id + "/verifications/" + accepted.jsonPath().getString("verificationId");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(get(path).jsonPath().getString("state")).isEqualTo("DONE"));
        return get(path).jsonPath();
    }

    private Response order(String id, Map<String, Object> order, String key) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(order)
                .post(url("/snapshots/" + id + "/verify"));
    }

    private Response post(String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post(url(path));
    }

    private static String problem(Response response, int status) {
        assertThat(response.statusCode()).as(response.body().asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        return response.body().asString();
    }

    private Response get(String path) {
        return given().get(url(path));
    }

    private String url(String path) {
        return "/api/v1/tenants/" + tenant + path;
    }
}
