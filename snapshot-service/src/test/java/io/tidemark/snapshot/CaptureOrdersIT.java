package io.tidemark.snapshot;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.SnapshotSealed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** How captures are ordered, followed, listed and taken up again. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class CaptureOrdersIT extends CapturingService {

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
             {"type":"conditionalAccessPolicy","id":"%s"}]}\
            """.formatted(user, application, principal, group, policy));

        assertThat(targeted.getString("state")).isEqualTo("PUBLISHED");
        assertThat(targeted.getList("types.reading.source")).isNotEmpty().containsOnly("TARGETED");
        assertThat(targeted.getList("types.digest", String.class)).allMatch(digest -> digest.length() == 64);
        received.readAll();
        // What a list shows and what a delta query shows must be taken for the same object.
        assertThat(received.of(targeted.getString("captureId")))
                .as(() -> received.differences(targeted.getString("captureId")))
                .extracting(state -> state.key().text())
                .filteredOn(key -> !key.startsWith("authenticationMethod|" + user + "~"))
                .containsExactly("user|" + user);
    }

    @Test
    void anOrderToReconcileWithAHistoryThatNobodyTellsOfEndsIncompleteAndSaysWhy() {
        JsonPath capture = order("{\"mode\":\"FULL\",\"reconcile\":true}");

        assertThat(capture.getString("state")).isEqualTo("INCOMPLETE");
        assertThat(capture.getString("reason"))
                .isEqualTo("not reconciled with the history: diff-service could not be reached");
        assertThat(capture.getList("types.outcome")).contains("COMPLETE").doesNotContain("FAILED");
        assertThat(capture.getList("types.findAll{it.outcome == 'COMPLETE'}.reading.source"))
                .isNotEmpty()
                .containsOnly("FULL");
        given().contentType("application/json")
                .body("{\"mode\":\"INCREMENTAL\",\"reconcile\":true}")
                .post(path())
                .then()
                .statusCode(400);
    }

    @Test
    void whileABundleIsTakenInCapturesWaitAndSayWhy() throws IOException {
        URI history = URI.create(ConfigProvider.getConfig().getValue("tidemark.services.diff-url", String.class));
        HttpServer taking = HttpServer.create(new InetSocketAddress(history.getHost(), history.getPort()), 0);
        AtomicInteger asked = new AtomicInteger();
        taking.createContext("/", exchange -> {
            boolean importing = asked.incrementAndGet() <= 3;
            byte[] standing =
                    ("{\"mismatched\":false,\"importing\":" + importing + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, standing.length);
            exchange.getResponseBody().write(standing);
            exchange.close();
        });
        taking.start();
        // As of a tenant of which nothing was published yet.
        var unused = database.getDatabase("tidemark-snapshot")
                .getCollection("cursors")
                .updateMany(new Document(), new Document("$set", new Document("observedUntil", new Date(0))));
        try {
            List<String> reasons = new ArrayList<>();
            String id = ordered("{\"mode\":\"INCREMENTAL\"}");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
                JsonPath capture = given().get(path() + "/" + id).jsonPath();
                reasons.add(capture.getString("state") + " " + capture.getString("reason"));
                assertThat(capture.getString("state")).isEqualTo("PUBLISHED");
            });
            assertThat(reasons).contains("QUEUED held back: a bundle of the tenant is being taken in");
            assertThat(asked.get()).isGreaterThan(3);
        } finally {
            taking.stop(0);
        }
    }

    @Test
    void anOrderThatIsTooLargeOrOfAnotherTypeIsRefusedByAProblemThatSaysSo() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            client.getOutputStream()
                    .write(("POST " + path() + " HTTP/1.1\r\nHost: service\r\nContent-Length: 30000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json", "request body has more than 25165824 bytes");
        }
        given().contentType("application/json")
                .body("{\"mode\":1}")
                .post(path())
                .then()
                .statusCode(400)
                .body("detail", Matchers.containsString("mode: it must be one of FULL"));
        given().get(path() + "/" + "x".repeat(10_000))
                .then()
                .statusCode(404)
                .body("detail", Matchers.containsString("capture"));
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
    void anInterruptedCaptureIsNamedAndBegunAgain() {
        String user = cloudUsers().get(83);
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Kiel\"}");
        String interrupted = UUID.randomUUID().toString();

        pretendToRun(interrupted, "INCREMENTAL", List.of());

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
        Map<String, String> wrong = Map.of(
                "{\"mode\":\"TARGETED\"}", "targeted",
                "{\"mode\":\"TARGETED\",\"objects\":[{\"type\":\"user\"}]}", "'id'",
                "{\"mode\":\"TARGETED\",\"objects\":[null]}", "'id'",
                "{\"mode\":\"TARGETED\",\"objects\":[{\"type\":\"usr\",\"id\":\"x\"}]}", "usr",
                "{\"mode\":\"ALL\"}", "mode: it must be one of FULL, INCREMENTAL, TARGETED",
                "{\"mode\":\"FULL\",\"lable\":\"x\"}", "lable; known there are: label, mode, objects, pin",
                "{\"mode\":\"FULL\",\"pin\":\"maybe\"}", "pin",
                "{\"mode\":", "not valid JSON",
                "[]", "form");
        wrong.forEach((body, why) -> given().contentType("application/json")
                .body(body)
                .post(path())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", Matchers.containsString(why)));
        given().get(path() + "?limit=many").then().statusCode(400).body("detail", Matchers.containsString("'limit'"));
        given().get(path() + "?cursor=nope").then().statusCode(400).body("detail", Matchers.containsString("'cursor'"));
        given().delete(path()).then().statusCode(405).body("detail", Matchers.containsString("method"));
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
}
