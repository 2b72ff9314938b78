package io.tidemark.restore.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreItem;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.RestoreStatus;
import io.tidemark.contracts.Selection;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.runtime.event.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(WipedTenantResource.class)
class RestoreServiceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String tenant;
    private final String bootstrap;
    private final EventPublisher publisher;

    RestoreServiceIT(
            @ConfigProperty(name = "test.tenant") String tenant,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap,
            EventPublisher publisher) {
        this.tenant = tenant;
        this.bootstrap = bootstrap;
        this.publisher = publisher;
    }

    @Test
    void aRestoreIsPlannedApprovedByAnotherCarriedOutAndToldOnKafka() {
        String id = submit(Map.of("types", List.of("user", "user.manager")), "a");
        JsonPath planned = untilState(id, "AWAITING_APPROVAL");
        String hash = planned.getString("planHash");
        assertThat(planned.getInt("plan.objects")).isEqualTo(15);

        decide(id, "asker", hash)
                .post(path(id) + "/approve")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:tidemark:problem:second-person-needed"));
        decide(id, "approver", "0".repeat(64))
                .post(path(id) + "/approve")
                .then()
                .statusCode(409);
        decide(id, "approver", hash).post(path(id) + "/approve").then().statusCode(200);
        decide(id, "approver", hash).post(path(id) + "/execute").then().statusCode(202);

        JsonPath ended = untilState(id, "COMPLETED");
        assertThat(ended.getInt("progress.byState.VERIFIED")).isEqualTo(planned.getInt("plan.writes"));
        assertThat(ended.getList("result.leftovers")).isEmpty();
        given().get(path(id) + "/steps?state=VERIFIED&limit=5")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(5));
        List<Event<?>> told = toldUntil(id, RestoreState.COMPLETED);
        Set<String> items = told.stream()
                .filter(event -> event.type() == EventType.RESTORE_ITEM)
                .map(Event::id)
                .collect(Collectors.toSet());
        assertThat(items).hasSize(planned.getInt("plan.writes"));
        assertThat(told.stream()
                        .map(Event::data)
                        .filter(RestoreItem.class::isInstance)
                        .map(RestoreItem.class::cast))
                .allMatch(item -> item.outcome() == RestoreItem.Outcome.APPLIED);
    }

    @Test
    void theSameKeyTwiceIsOneRestore() {
        String first = submit(Map.of("types", List.of("namedLocation")), "twice");
        String second = submit(Map.of("types", List.of("namedLocation")), "twice");

        assertThat(second).isEqualTo(first);
    }

    @Test
    void aCommandOnKafkaIsPlannedLikeOneOverHttp() {
        String id = UUID.randomUUID().toString();
        RestoreCommand command = new RestoreCommand(
                tenant,
                id,
                "soc",
                null,
                "snapshot:before",
                new Selection(List.of("application"), List.of(), List.of(), List.of(), null, null, null, null, null),
                RestoreOptions.DEFAULTS,
                null);

        publisher.publish(new Event<>(
                Event.idOf(id),
                EventType.RESTORE_PLAN,
                "/test",
                "restore/" + id,
                Instant.EPOCH,
                tenant,
                null,
                command));

        JsonPath planned = untilState(id, "AWAITING_APPROVAL");
        assertThat(planned.getInt("plan.byOperation.create")).isEqualTo(1);
        decide(id, "soc", null).post(path(id) + "/cancel").then().statusCode(202);
        untilState(id, "CANCELED");
    }

    @Test
    void anUnknownTenantAndABrokenBaselineAreRefused() {
        given().contentType("application/json")
                .body(Map.of("requestedBy", "x", "baseline", "snapshot:s"))
                .post("/api/v1/tenants/" + UUID.randomUUID() + "/restores")
                .then()
                .statusCode(404);
        given().contentType("application/json")
                .body(Map.of("requestedBy", "x", "baseline", "yesterday"))
                .post("/api/v1/tenants/" + tenant + "/restores")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void aMisspeltSelectionDoesNotRestoreEverything() {
        for (Map<String, Object> misspelt : List.<Map<String, Object>>of(
                Map.of("requestedBy", "x", "baseline", "snapshot:s", "selecton", Map.of("types", List.of("user"))),
                Map.of("requestedBy", "x", "baseline", "snapshot:s", "selection", Map.of("typs", List.of("user"))))) {
            given().contentType("application/json")
                    .body(misspelt)
                    .post("/api/v1/tenants/" + tenant + "/restores")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("detail", containsString("known there are"));
        }
    }

    private String submit(Map<String, Object> selection, String key) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .body(Map.of("requestedBy", "asker", "baseline", "snapshot:before", "selection", selection))
                .post("/api/v1/tenants/" + tenant + "/restores")
                .then()
                .statusCode(202)
                .extract()
                .path("commandId");
    }

    private JsonPath untilState(String id, String state) {
        return await().atMost(PATIENCE)
                .until(() -> given().get(path(id)).jsonPath(), view -> state.equals(view.getString("state")));
    }

    private RequestSpecification decide(String id, String who, String hash) {
        return given().contentType("application/json")
                .body(hash == null ? Map.of("decidedBy", who) : Map.of("decidedBy", who, "planHash", hash));
    }

    private String path(String id) {
        return "/api/v1/tenants/" + tenant + "/restores/" + id;
    }

    private List<Event<?>> toldUntil(String id, RestoreState last) {
        List<Event<?>> told = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("tidemark.restore-status.v1", "tidemark.restore-item.v1"));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    Event<?> event = EventReader.read(message);
                    if (id.equals(event.correlationId())) {
                        told.add(event);
                    }
                });
                boolean ended = told.stream()
                        .anyMatch(event -> event.data() instanceof RestoreStatus status && status.state() == last);
                return ended && consumer.poll(Duration.ofMillis(500)).isEmpty();
            });
        }
        return told;
    }
}
