package io.tidemark.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.Topic;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = BackendsResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SimulatorResource.class, restrictToAnnotatedClass = true)
class IncidentIT {

    private static final SampleClients CLIENTS = SampleClients.of(SimulatorResource.SEED);

    private final String bootstrapServers;
    private final String tenant;
    private final URI graph;
    private final URI authority;

    IncidentIT(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "simulator.tenant") String tenant,
            @ConfigProperty(name = "simulator.graph") URI graph,
            @ConfigProperty(name = "simulator.authority") URI authority) {
        this.bootstrapServers = bootstrapServers;
        this.tenant = tenant;
        this.graph = graph;
        this.authority = authority;
    }

    @Test
    void anIncidentIsToldChangeByChangeWithActorAppAndAddress() {
        IncidentSummary incident = IncidentRunner.of(graph, authority, UUID.fromString(tenant), CLIENTS)
                .play(Incident.named("department-wipe").with("count", "20"));
        SampleClient script = CLIENTS.named(SampleClients.HR_SYNC);
        SampleClient attacker = CLIENTS.named(SampleClients.HELPDESK_TOOL);

        try (EventLog log = new EventLog(bootstrapServers, Topic.CHANGE.name("tidemark"))) {
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                List<ChangeRecorded> changes = log.payloads(EventType.CHANGE_RECORDED, ChangeRecorded.class);
                assertThat(incident.step("clear-attributes").objectIds())
                        .allSatisfy(user -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.UPDATE, "user", user)
                                        && by(script).test(change)
                                        && clears(change, "department")
                                        && clears(change, "onPremisesExtensionAttributes/extensionAttribute5")));
                assertThat(incident.step("remove-managers").objectIds())
                        .allSatisfy(user -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.UNLINK, "user", user)
                                        && change.related().get(0).role().equals("manager")));
                assertThat(incident.step("remove-memberships").effects())
                        .allSatisfy(effect -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.UNLINK, "group", effect.relatedId())
                                        && change.related().get(0).id().equals(effect.objectId())
                                        && by(script).test(change)));
                assertThat(incident.step("weaken-policy").objectIds())
                        .allSatisfy(policy -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.UPDATE, "conditionalAccessPolicy", policy)
                                        && by(attacker).test(change)
                                        && drops(change, "grantControls/builtInControls", "mfa")));
                assertThat(incident.step("delete-group").objectIds())
                        .allSatisfy(group -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.DELETE, "group", group)
                                        && by(attacker).test(change)));
                assertThat(incident.step("purge-application").objectIds())
                        .allSatisfy(application -> assertThat(changes)
                                .anyMatch(change -> is(change, Operation.DELETE, "application", application))
                                .anyMatch(change -> is(change, Operation.HARD_DELETE, "application", application)));
            });
            assertThat(log.events().map(Event::id)).doesNotHaveDuplicates();
            assertThat(log.payloads(EventType.CHANGE_RECORDED, ChangeRecorded.class))
                    .allSatisfy(change -> {
                        assertThat(change.actor().ipAddress()).isEqualTo("127.0.0.1");
                        assertThat(change.actor().name()).isNotBlank();
                        assertThat(change.correlationId()).isNotBlank();
                    });
        }
        theStateOfIngestionIsToldOverHttp();
    }

    private void theStateOfIngestionIsToldOverHttp() {
        String ingestion = "/api/v1/tenants/" + tenant + "/ingestion";
        given().when()
                .post(ingestion + "/poll")
                .then()
                .statusCode(202)
                .header("Location", org.hamcrest.Matchers.endsWith(ingestion));
        try (EventLog raw = new EventLog(bootstrapServers, Topic.AUDIT_RAW.name("tidemark"))) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                int entries = raw.payloads(EventType.AUDIT_RAW, AuditRaw.class).size();
                given().when()
                        .get(ingestion)
                        .then()
                        .statusCode(200)
                        .body("events", equalTo(entries))
                        .body("coverage.size()", equalTo(1))
                        .body("gaps.size()", equalTo(0))
                        .body("watermark", notNullValue())
                        .body("lagSeconds", notNullValue());
            });
        }
        given().when()
                .get("/api/v1/tenants/00000000-0000-4000-8000-000000000000/ingestion")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:tidemark:problem:unknown-tenant"));
        given().when().get("/api/v1/tenants/contoso/ingestion").then().statusCode(400);
    }

    private static boolean is(ChangeRecorded change, Operation operation, String type, String id) {
        return change.operation() == operation
                && change.object().type().equals(type)
                && change.object().id().equals(id);
    }

    private static Predicate<ChangeRecorded> by(SampleClient client) {
        return change -> client.clientId().equals(change.actor().appId());
    }

    private static boolean clears(ChangeRecorded change, String path) {
        return properties(change, path).stream()
                .anyMatch(property -> property.before() != null
                        && !property.before().isNull()
                        && JsonNull.NULL.equals(property.after()));
    }

    private static boolean drops(ChangeRecorded change, String path, String word) {
        return properties(change, path).stream()
                .anyMatch(property -> property.before() != null
                        && property.after() != null
                        && JsonText.text(property.before()).contains(word)
                        && !JsonText.text(property.after()).contains(word));
    }

    private static List<LoggedProperty> properties(ChangeRecorded change, String path) {
        return change.properties().stream()
                .filter(property -> path.equals(property.graphPath()))
                .toList();
    }
}
