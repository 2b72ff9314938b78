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
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.snapshot.cursor.KnownStates;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with a real broker, a real store and a simulated tenant. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class CaptureIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    EventPublisher publisher;

    @Inject
    MongoClient database;

    private final SimulatedTenant tenant = new SimulatedTenant();
    private final ReceivedStates received = new ReceivedStates();

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

    @Test
    void aFullCaptureHoldsWhatIsInTheTenant() {
        JsonPath full = capture("FULL");

        received.readAll();

        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        CaptureReport report = received.report(full.getString("captureId"), EventType.SNAPSHOT_COMPLETED)
                .orElseThrow();
        assertThat(received.disagreements(report)).isEmpty();
        assertThat(report.types()).extracting(TypeCount::type).containsExactlyInAnyOrderElementsOf(KnownStates.types());
        assertThat(received.report(full.getString("captureId"), EventType.SNAPSHOT_STARTED))
                .isPresent();
    }

    @Test
    void whatTheGrantedPermissionsHideIsToldBeforeItIsNeeded() {
        JsonPath coverage =
                given().get("/api/v1/coverage?tenant=" + SimulatedTenant.id()).jsonPath();

        assertThat(coverage.getBoolean("permissionsKnown")).isTrue();
        assertThat(coverage.getList("kinds.kind", String.class))
                .contains("user", "federatedIdentityCredential", "deviceConfiguration");
        assertThat(coverage.getList("hidden", String.class)).doesNotContain("user", "group", "application");
        assertThat(given().get("/api/v1/coverage?tenant=" + new UUID(7, 7)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aQuietTenantIsNotPublishedAgain() {
        JsonPath full = capture("FULL");
        JsonPath incremental = capture("INCREMENTAL");

        received.readAll();

        assertThat(received.of(full.getString("captureId"))).isEmpty();
        assertThat(received.of(incremental.getString("captureId"))).isEmpty();
        assertThat(incremental.getLong("requests")).isLessThanOrEqualTo(20);
    }

    @Test
    void everyKindOfChangeIsSeenExactly() {
        List<String> users = cloudUsers();
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(0);
        String policy = tenant.some("conditionalAccessPolicies", any -> true).get(0);
        String renamed = users.get(60);
        String moved = users.get(61);
        tenant.change("PATCH", "users/" + renamed, "{\"companyName\":null,\"jobTitle\":\"Pilot\"}");
        tenant.setManager(moved, users.get(63));
        tenant.reference("groups/" + group + "/members/$ref", joinable(group, users));
        tenant.change("PATCH", "identity/conditionalAccess/policies/" + policy, "{\"displayName\":\"Weakened\"}");

        JsonPath incremental = capture("INCREMENTAL");

        received.readAll();
        List<ObjectState> states = received.of(incremental.getString("captureId"));
        ObjectState user = received.newest("user|" + renamed).orElseThrow();
        assertThat(user.body().find("companyName")).contains(JsonNull.NULL);
        assertThat(user.body().findString("jobTitle")).contains("Pilot");
        assertThat(received.newest("user.manager|" + moved + "~" + users.get(63))
                        .orElseThrow()
                        .deleted())
                .isNull();
        assertThat(received.newest("conditionalAccessPolicy|" + policy)
                        .orElseThrow()
                        .body()
                        .findString("displayName"))
                .contains("Weakened");
        assertThat(states.stream().map(ObjectState::objectType).distinct())
                .containsExactlyInAnyOrder("user", "user.manager", "group.members", "conditionalAccessPolicy");
        assertThat(states).hasSizeBetween(4, 5);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
    }

    @Test
    void aDeletedUserGoesWithItsLinksAndComesBackWithThem() {
        String user = cloudUsers().get(70);
        String manager = cloudUsers().get(71);
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(1);
        tenant.setManager(user, manager);
        String membership = "group.members|" + group + "~" + user;
        if (!tenant.present().contains(membership)) {
            tenant.reference("groups/" + group + "/members/$ref", user);
        }
        capture("INCREMENTAL");

        tenant.delete("users/" + user);
        JsonPath gone = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("user|" + user).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.newest(membership).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(gone))).isEmpty();

        tenant.change("POST", "directory/deletedItems/" + user + "/restore", "");
        JsonPath back = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("user|" + user).orElseThrow().deleted()).isNull();
        assertThat(received.newest(membership).orElseThrow().deleted()).isNull();
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(back))).isEmpty();
    }

    @Test
    void aPurgedApplicationIsGoneForGood() {
        String application = tenant.some("applications", any -> true).get(20);

        tenant.delete("applications/" + application);
        capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("application|" + application).orElseThrow().deleted())
                .isEqualTo(Deletion.SOFT);

        tenant.delete("directory/deletedItems/" + application);
        JsonPath purged = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("application|" + application).orElseThrow().deleted())
                .isEqualTo(Deletion.HARD);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(purged))).isEmpty();
    }

    @Test
    void aDeletedGroupAndPolicyAreSoftDeletedAndSeenWhenTheyComeBack() {
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(2);
        String policy = tenant.some("conditionalAccessPolicies", any -> true).get(1);

        tenant.delete("groups/" + group);
        tenant.delete("identity/conditionalAccess/policies/" + policy);
        capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("group|" + group).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.newest("conditionalAccessPolicy|" + policy)
                        .orElseThrow()
                        .deleted())
                .isEqualTo(Deletion.SOFT);

        tenant.change("POST", "directory/deletedItems/" + group + "/restore", "");
        tenant.change("POST", "identity/conditionalAccess/deletedItems/policies/" + policy + "/restore", "");
        JsonPath back = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(back))).isEmpty();
    }

    @Test
    void anExpiredDeltaTokenLeadsToAFullReading() {
        String user = cloudUsers().get(80);
        tenant.change("PATCH", "users/" + user, "{\"city\":\"Oslo\"}");
        tenant.fault("{\"fault\":\"resync\",\"route\":\"users.delta\",\"times\":1}");

        JsonPath incremental = capture("INCREMENTAL");

        assertThat(incremental.getString("state")).isEqualTo("PUBLISHED");
        received.readAll();
        assertThat(received.of(incremental.getString("captureId")))
                .extracting(state -> state.key().text())
                .containsExactly("user|" + user);
    }

    @Test
    void aKindThatCannotBeReadIsNamed() {
        String user = cloudUsers().get(81);
        tenant.change("PATCH", "users/" + user, "{\"city\":\"Bergen\"}");
        tenant.fault("{\"fault\":\"server_error\",\"route\":\"groups.delta\"}");

        JsonPath incomplete = capture("INCREMENTAL");

        assertThat(incomplete.getString("state")).isEqualTo("INCOMPLETE");
        assertThat(incomplete.getString("reason")).contains("group").contains("500");
        assertThat(incomplete.getString("types.find { it.type == 'group' }.outcome"))
                .isEqualTo("FAILED");
        assertThat(incomplete.getString("types.find { it.type == 'user' }.outcome"))
                .isEqualTo("COMPLETE");
        received.readAll();
        assertThat(received.report(incomplete.getString("captureId"), EventType.SNAPSHOT_INCOMPLETE))
                .isPresent();
        assertThat(received.newest("user|" + user).orElseThrow().body().findString("city"))
                .contains("Bergen");

        tenant.fault("none");
        assertThat(capture("INCREMENTAL").getString("state")).isEqualTo("PUBLISHED");
    }

    @Test
    void aTargetedCaptureReadsTheNamedObjectsOnly() {
        String user = cloudUsers().get(82);
        String application = tenant.some("applications", any -> true).get(3);
        String principal = tenant.some("servicePrincipals", any -> true).get(3);
        String group = tenant.some("groups", any -> true).get(3);
        String policy = tenant.some("conditionalAccessPolicies", any -> true).get(3);
        tenant.change("PATCH", "users/" + user, "{\"city\":\"Turku\"}");

        JsonPath targeted = order("""
                {"mode":"TARGETED","objects":[{"type":"user","id":"%s"},{"type":"application","id":"%s"},
                 {"type":"servicePrincipal","id":"%s"},{"type":"group","id":"%s"},
                 {"type":"conditionalAccessPolicy","id":"%s"}]}""".formatted(user, application, principal, group, policy));

        assertThat(targeted.getString("state")).isEqualTo("PUBLISHED");
        received.readAll();
        // What a list shows and what a delta query shows must be taken for the same object.
        assertThat(received.of(targeted.getString("captureId")))
                .as(() -> received.differences(targeted.getString("captureId")))
                .extracting(state -> state.key().text())
                .filteredOn(key -> !key.startsWith("authenticationMethod|" + user + "~"))
                .containsExactly("user|" + user);
    }

    @Test
    void whatTheAuditLogNamesIsReadAgainWithoutAnOrder() {
        String user = cloudUsers().get(84);
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Husum\"}");

        publisher.publish(changeOf(user));

        await().atMost(PATIENCE).untilAsserted(() -> {
            received.readAll();
            ObjectState newest = received.newest("user|" + user).orElseThrow();
            assertThat(newest.body().findString("city")).contains("Husum");
            assertThat(newest.source()).isEqualTo(ObjectState.Source.TARGETED);
        });
    }

    @Test
    void aBodyTooLargeForAMessageIsClaimedAndHandedOut() {
        String application = tenant.some("applications", any -> true).get(0);
        String tags = IntStream.range(0, 3_000)
                .mapToObj(i -> "\"" + "tag ".repeat(30) + i + "\"")
                .collect(Collectors.joining(","));
        String unused = tenant.change("PATCH", "applications/" + application, "{\"tags\":[" + tags + "]}");

        JsonPath incremental = capture("INCREMENTAL");

        received.readAll();
        ObjectState state = received.newest("application|" + application).orElseThrow();
        assertThat(incremental.getString("state")).isEqualTo("PUBLISHED");
        assertThat(state.body()).isNull();
        assertThat(state.claim().bytes()).isGreaterThan(300_000);
        String bodies = "/api/v1/tenants/" + SimulatedTenant.id() + "/bodies/";
        byte[] json = given().get(bodies + state.claim().sha256()).asByteArray();
        assertThat(ContentHash.of(json).hex()).isEqualTo(state.claim().sha256());
        assertThat(JsonText.parseObject(new String(json, StandardCharsets.UTF_8))
                        .findString("id"))
                .contains(application);
        given().get(bodies + "0".repeat(64)).then().statusCode(404);
    }

    @Test
    void anInterruptedCaptureIsNamedAndBegunAgain() {
        String user = cloudUsers().get(83);
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Kiel\"}");
        String interrupted = UUID.randomUUID().toString();

        pretendToRun(interrupted);

        JsonPath ended = finished(interrupted);
        assertThat(ended.getString("state")).isEqualTo("INCOMPLETE");
        assertThat(ended.getString("reason")).contains("interrupted");
        await().atMost(PATIENCE).untilAsserted(() -> {
            received.readAll();
            assertThat(received.newest("user|" + user).orElseThrow().body().findString("city"))
                    .contains("Kiel");
        });
        assertThat(received.report(interrupted, EventType.SNAPSHOT_INCOMPLETE)).isPresent();
    }

    @Test
    void aCaptureIsSealedOnceItsSnapshotIs() {
        JsonPath capture = capture("INCREMENTAL");
        String id = capture.getString("captureId");
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        SnapshotSealed sealed = new SnapshotSealed(SimulatedTenant.id(), id, now, Map.of(), List.of(), now);
        assertThat(capture.getBoolean("sealed")).isFalse();

        publisher.publish(new Event<>(
                "sealed-" + id,
                EventType.SNAPSHOT_SEALED,
                "/test",
                "snapshot/" + id,
                now,
                SimulatedTenant.id(),
                id,
                sealed));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                given().get(path() + "/" + id).jsonPath().getBoolean("sealed"))
                        .isTrue());
    }

    @Test
    void theSameKeyOrdersTheSameCapture() {
        String key = UUID.randomUUID().toString();

        String first = given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"mode\":\"INCREMENTAL\"}")
                .post(path())
                .path("captureId");
        String second = given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body("{\"mode\":\"INCREMENTAL\"}")
                .post(path())
                .path("captureId");

        assertThat(second).isEqualTo(first);
        finished(first);
    }

    @Test
    void whatIsWrongWithAnOrderIsSaid() {
        given().contentType("application/json")
                .body("{\"mode\":\"TARGETED\"}")
                .post(path())
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        given().contentType("application/json")
                .body("{\"mode\":\"FULL\"}")
                .post("/api/v1/tenants/" + new UUID(1, 2) + "/captures")
                .then()
                .statusCode(404);
        given().get(path() + "/unknown").then().statusCode(404);
    }

    @Test
    void capturesAreListedNewestFirst() {
        JsonPath newest = capture("INCREMENTAL");

        JsonPath page = given().queryParam("limit", 1).get(path()).jsonPath();
        JsonPath next = given().queryParam("limit", 1)
                .queryParam("cursor", page.getString("next"))
                .get(path())
                .jsonPath();

        assertThat(page.getString("captures[0].captureId")).isEqualTo(newest.getString("captureId"));
        assertThat(next.getString("captures[0].captureId")).isNotNull().isNotEqualTo(newest.getString("captureId"));
    }

    private CaptureReport report(JsonPath capture) {
        return received.report(capture.getString("captureId"), EventType.SNAPSHOT_COMPLETED)
                .orElseThrow();
    }

    /** As a service leaves it that is killed in the middle. */
    private void pretendToRun(String captureId) {
        database.getDatabase("tidemark-snapshot")
                .getCollection("pending")
                .insertOne(new Document("_id", SimulatedTenant.id() + "|" + captureId)
                        .append("tenant", SimulatedTenant.id())
                        .append("captureId", captureId)
                        .append("mode", "INCREMENTAL")
                        .append("pinned", false)
                        .append("objects", List.of())
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

    private String joinable(String group, List<String> users) {
        var present = tenant.present();
        return users.stream()
                .filter(user -> !present.contains("group.members|" + group + "~" + user))
                .findFirst()
                .orElseThrow();
    }

    private JsonPath capture(String mode) {
        return order("{\"mode\":\"" + mode + "\"}");
    }

    private JsonPath order(String body) {
        String id = given().contentType("application/json")
                .body(body)
                .post(path())
                .then()
                .statusCode(202)
                .extract()
                .path("captureId");
        return finished(id);
    }

    private Event<ChangeRecorded> changeOf(String user) {
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

    private static JsonPath finished(String captureId) {
        JsonPath[] last = new JsonPath[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            last[0] = given().get(path() + "/" + captureId).jsonPath();
            assertThat(last[0].getString("state")).isNotIn("QUEUED", "RUNNING");
        });
        return last[0];
    }

    private static String path() {
        return "/api/v1/tenants/" + SimulatedTenant.id() + "/captures";
    }

    /** Which objects of the simulated tenant a test can work with. */
    private static final class SimulatedTenantKinds {

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
