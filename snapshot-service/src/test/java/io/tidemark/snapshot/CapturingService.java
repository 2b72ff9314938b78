package io.tidemark.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.restassured.path.json.JsonPath;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Orders captures of the simulated tenant from the service, and follows what arrives. */
abstract class CapturingService {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    EventPublisher publisher;

    @Inject
    MongoClient database;

    final SimulatedTenant tenant = new SimulatedTenant();
    final ReceivedStates received = new ReceivedStates();

    @BeforeEach
    void captureEverything() {
        JsonPath full = capture("FULL");
        assertThat(full.getString("state")).as(full.prettify()).isEqualTo("PUBLISHED");
    }

    @AfterEach
    void close() {
        tenant.fault("none");
        received.close();
    }

    CaptureReport report(JsonPath capture) {
        return received.report(capture.getString("captureId"), EventType.SNAPSHOT_COMPLETED)
                .orElseThrow();
    }

    /** As a service leaves it that is killed in the middle. */
    void pretendToRun(String captureId, String mode, List<Document> objects) {
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

    List<String> cloudUsers() {
        return tenant.some(
                "users",
                user -> user.findString("userType").orElse("").equals("Member")
                        && !user.find("onPremisesSyncEnabled").equals(Optional.of(JsonBoolean.TRUE)));
    }

    String joinable(String group, List<String> users) {
        var present = tenant.present();
        return users.stream()
                .filter(user -> !present.contains("group.members|" + group + "~" + user))
                .findFirst()
                .orElseThrow();
    }

    JsonPath capture(String mode) {
        return order("{\"mode\":\"" + mode + "\"}");
    }

    JsonPath order(String body) {
        return finished(ordered(body));
    }

    /** The id of a capture that has just been ordered. */
    static String ordered(String body) {
        return given().contentType("application/json")
                .body(body)
                .post(path())
                .then()
                .statusCode(202)
                .extract()
                .path("captureId");
    }

    Event<ChangeRecorded> changeOf(String user) {
        Instant now = Instant.now();
        ChangeRecorded change = new ChangeRecorded(
                SimulatedTenant.id(),
                "audit-" + user,
                null,
                "Update user",
                "update user",
                "UserManagement",
                ChangeRecorded.Operation.UPDATE,
                new ChangeRecorded.Target("user", user, null),
                List.of(),
                new ChangeRecorded.Actor(ChangeRecorded.Actor.Kind.SYSTEM, null, null, null, null, null, null),
                List.of(),
                "success",
                now,
                false,
                ChangeRecorded.Mapping.SPECIFIC);
        return new Event<>(
                Event.idOf(change.tenantId(), change.auditId()),
                EventType.CHANGE_RECORDED,
                "/tenants/" + change.tenantId() + "/audit",
                "user/" + user,
                now,
                change.tenantId() + "|user|" + user,
                change.auditId(),
                change);
    }

    static JsonPath finished(String captureId) {
        JsonPath[] last = new JsonPath[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            last[0] = given().get(path() + "/" + captureId).jsonPath();
            assertThat(last[0].getString("state")).isNotIn("QUEUED", "RUNNING");
        });
        return last[0];
    }

    static String path() {
        return "/api/v1/tenants/" + SimulatedTenant.id() + "/captures";
    }

    /** Which objects of the simulated tenant a test can work with. */
    static final class SimulatedTenantKinds {

        static boolean isAssignedSecurityGroup(JsonObject group) {
            String text = group.find("groupTypes").map(Object::toString).orElse("");
            boolean mail =
                    group.find("mailEnabled").map(Object::toString).orElse("").contains("true");
            boolean synced = group.find("onPremisesSyncEnabled")
                    .map(Object::toString)
                    .orElse("")
                    .contains("true");
            boolean privileged = group.find("isAssignableToRole")
                    .map(Object::toString)
                    .orElse("")
                    .contains("true");
            return !text.contains("DynamicMembership") && !mail && !synced && !privileged;
        }

        private SimulatedTenantKinds() {}
    }
}
