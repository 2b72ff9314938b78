package io.tidemark.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.snapshot.cursor.KnownStates;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The service with a real broker, a real store and a simulated tenant: what a capture holds. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class CaptureIT extends CapturingService {

    @Test
    void aFullCaptureHoldsWhatIsInTheTenant() {
        JsonPath full = capture("FULL");

        received.readAll();

        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(tenant.exported().differences(received.bodies(CaptureIT::redeemed)))
                .isEmpty();
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
    void aBodyThatAnotherServiceLeavesIsKeptUnderItsDigestOnly() {
        byte[] json = ("{\"id\":\"a\",\"text\":\"" + "x".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        String bodies = "/api/v1/tenants/" + SimulatedTenant.id() + "/bodies/";
        String address = bodies + ContentHash.of(json).hex();

        given().contentType("application/json").body(json).put(address).then().statusCode(204);

        assertThat(given().get(address).asByteArray()).isEqualTo(json);
        given().contentType("application/json").body("{}").put(address).then().statusCode(400);
        assertThat(given().get(address).asByteArray()).isEqualTo(json);
        given().contentType("application/json")
                .body("{}")
                .put("/api/v1/tenants/nobody/bodies/" + "0".repeat(64))
                .then()
                .statusCode(400);
    }

    private static JsonObject redeemed(BodyClaim claim) {
        String bodies = "/api/v1/tenants/" + SimulatedTenant.id() + "/bodies/";
        byte[] json = given().get(bodies + claim.sha256()).asByteArray();
        return JsonText.parseObject(new String(json, StandardCharsets.UTF_8));
    }
}
