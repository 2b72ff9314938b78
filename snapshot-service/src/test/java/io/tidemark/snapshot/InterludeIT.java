package io.tidemark.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.json.JsonBoolean;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A targeted capture that is ordered while another capture of the tenant runs. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class InterludeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Inject
    MongoClient database;

    private final SimulatedTenant tenant = new SimulatedTenant();
    private final ReceivedStates received = new ReceivedStates();

    @AfterEach
    void close() {
        tenant.fault("none");
        received.close();
    }

    @Test
    void itIsReadAndPublishedWhileTheFullCaptureGoesOn() {
        String user = cloudUsers().get(10);
        tenant.fault("{\"fault\":\"slow\",\"route\":\"delta\"}");
        String full = order("{\"mode\":\"FULL\"}");
        await().atMost(PATIENCE).until(() -> shown(full).getString("state").equals("RUNNING"));
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Turku\"}");

        JsonPath targeted =
                finished(order("{\"mode\":\"TARGETED\",\"objects\":[{\"type\":\"user\",\"id\":\"" + user + "\"}]}"));
        tenant.fault("none");
        JsonPath whole = finished(full);

        assertThat(targeted.getString("state")).isEqualTo("PUBLISHED");
        assertThat(whole.getString("state")).as(whole.prettify()).isEqualTo("PUBLISHED");
        assertThat(instant(whole, "startedAt")).isBefore(instant(targeted, "startedAt"));
        assertThat(instant(targeted, "completedAt")).isBefore(instant(whole, "completedAt"));
        received.readAll();
        ObjectState newest = received.newest("user|" + user).orElseThrow();
        assertThat(newest.body().findString("city")).contains("Turku");
        assertThat(newest.captureId()).isEqualTo(targeted.getString("captureId"));
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        CaptureReport report =
                received.report(full, EventType.SNAPSHOT_COMPLETED).orElseThrow();
        assertThat(received.disagreements(report)).isEmpty();

        JsonPath calm = finished(order("{\"mode\":\"FULL\"}"));

        received.readAll();
        assertThat(received.of(calm.getString("captureId")))
                .as("what a calm capture finds that the disturbed one had wrong")
                .isEmpty();
    }

    @Test
    void bothAreBegunAgainIfTheServiceIsKilledInTheMiddle() {
        String user = cloudUsers().get(11);
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Visby\"}");
        String full = UUID.randomUUID().toString();
        String targeted = UUID.randomUUID().toString();

        pretendToRun(targeted, "TARGETED", List.of(new Document("type", "user").append("id", user)));
        pretendToRun(full, "FULL", List.of());

        assertThat(finished(full).getString("reason")).contains("interrupted");
        assertThat(finished(targeted).getString("reason")).contains("interrupted");
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<Map<String, Object>> captures = given().get(path()).jsonPath().getList("captures");
            assertThat(captures.subList(0, 2))
                    .extracting(capture -> capture.get("mode") + " " + capture.get("state"))
                    .containsExactlyInAnyOrder("FULL PUBLISHED", "TARGETED PUBLISHED");
        });
        received.readAll();
        assertThat(received.newest("user|" + user).orElseThrow().body().findString("city"))
                .contains("Visby");
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
    }

    /** As a service leaves it that is killed in the middle. */
    private void pretendToRun(String captureId, String mode, List<Document> objects) {
        database.getDatabase("tidemark-snapshot")
                .getCollection("pending")
                .insertOne(new Document("_id", SimulatedTenant.id() + "|" + captureId)
                        .append("tenant", SimulatedTenant.id())
                        .append("captureId", captureId)
                        .append("mode", mode)
                        .append("pinned", false)
                        .append("objects", objects)
                        .append("state", "RUNNING")
                        .append("attempt", 1)
                        .append("requestedAt", new Date(0))
                        .append("startedAt", new Date(0))
                        .append("types", List.of())
                        .append("requests", 0L)
                        .append("objectsRead", 0L));
    }

    private List<String> cloudUsers() {
        return tenant.some(
                "users",
                user -> user.findString("userType").orElse("").equals("Member")
                        && !user.find("onPremisesSyncEnabled").equals(Optional.of(JsonBoolean.TRUE)));
    }

    private static String order(String body) {
        return given().contentType("application/json")
                .body(body)
                .post(path())
                .then()
                .statusCode(202)
                .extract()
                .path("captureId");
    }

    private static JsonPath finished(String captureId) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shown(captureId).getString("state")).isNotIn("QUEUED", "RUNNING"));
        return shown(captureId);
    }

    private static JsonPath shown(String captureId) {
        return given().get(path() + "/" + captureId).jsonPath();
    }

    private static Instant instant(JsonPath capture, String name) {
        return Instant.parse(capture.getString(name));
    }

    private static String path() {
        return "/api/v1/tenants/" + SimulatedTenant.id() + "/captures";
    }
}
