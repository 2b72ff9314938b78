package io.tidemark.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A targeted capture that is ordered while another capture of the tenant runs. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class InterludeIT extends CapturingService {

    /** The first capture is the one that others run within. */
    @Override
    void captureEverything() {}

    @Test
    void itIsReadAndPublishedWhileTheFullCaptureGoesOn() {
        String user = cloudUsers().get(10);
        tenant.fault("{\"fault\":\"slow\",\"route\":\"delta\"}");
        String full = ordered("{\"mode\":\"FULL\"}");
        await().atMost(PATIENCE).until(() -> shown(full).getString("state").equals("RUNNING"));
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Turku\"}");

        JsonPath targeted =
                finished(ordered("{\"mode\":\"TARGETED\",\"objects\":[{\"type\":\"user\",\"id\":\"" + user + "\"}]}"));
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

        JsonPath calm = finished(ordered("{\"mode\":\"FULL\"}"));

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

    private static JsonPath shown(String captureId) {
        return given().get(path() + "/" + captureId).jsonPath();
    }

    private static Instant instant(JsonPath capture, String name) {
        return Instant.parse(capture.getString(name));
    }
}
