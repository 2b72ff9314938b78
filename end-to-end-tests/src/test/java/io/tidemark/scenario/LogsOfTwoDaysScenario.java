package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.operator.Operator;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What operators find in the logs of a day on which all goes well, and of one on which the broker is away for a while and somebody
 * withdraws consent. Each test goes on from where the one before it ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogsOfTwoDaysScenario {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Set<String> PERSONAL = Set.of("displayName", "userPrincipalName", "mail", "mobilePhone");

    private WipedTenant tenant;
    private HelpdeskTool tool;
    private Operator operator;

    @BeforeAll
    void start() {
        tenant = WipedTenant.open(
                "logs", 53, 20, 200, Map.of("audit-ingest-service:tidemark.audit.poll-interval", "PT1S"));
        tool = new HelpdeskTool(tenant.stack());
        operator = tenant.operator();
    }

    @AfterAll
    void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    @Test
    @Order(1)
    void onAGoodDayNothingIsSaidLouderThanInfo() {
        String snapshot = tenant.sealed("FULL").path("snapshotId").asText();
        act("PATCH", "/users/" + tenant.export().ids("user").get(50), "{\"city\":\"Elsewhere\"}");
        tenant.ingest();
        JsonNode report = tenant.report("snapshot:" + snapshot, "live");
        assertThat(report.path("state").asText()).isEqualTo("READY");

        assertThat(ServiceLogs.of(tenant.stack()).failures()).isEmpty();
        assertEveryLineIsAnEvent();
    }

    @Test
    @Order(2)
    void aBrokerThatIsAwayIsToldInALineAndNothingIsLost() {
        String city = "Beyond";
        tenant.stack().stopBroker();
        act("PATCH", "/users/" + tenant.export().ids("user").get(51), "{\"city\":\"" + city + "\"}");
        String id = operator.post("/captures", operator.object().put("mode", "FULL"))
                .path("captureId")
                .asText();
        await().atMost(PATIENCE).until(() -> said(ServiceName.SNAPSHOT, "broker does not answer") == 1);
        tenant.stack().startBroker();

        JsonNode capture = operator.await(
                "/captures/" + id, PATIENCE, view -> view.path("sealed").asBoolean());

        assertThat(capture.path("state").asText()).isEqualTo("PUBLISHED");
        ExportedTenant now = tenant.export();
        assertThat(now.misfitsOf(RecordedTenant.at(tenant.stack(), "snapshot:" + id, now.keys())))
                .isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(said(ServiceName.SNAPSHOT, "broker answers again"))
                        .isEqualTo(1));
        assertNoTrace();
        assertThat(ServiceLogs.of(tenant.stack()).failures())
                .as("what is said of an outage")
                .hasSizeLessThan(10)
                .allSatisfy(line -> assertThat(line.message()).contains("todo="));
    }

    @Test
    @Order(3)
    void withdrawnConsentIsNamedWithThePermissionToAskFor() {
        leave(SampleClients.READER, "User.Read.All");
        leave(SampleClients.AUDITOR, "User.Read.All");

        String id = operator.post("/captures", operator.object().put("mode", "FULL"))
                .path("captureId")
                .asText();
        JsonNode capture = operator.await(
                "/captures/" + id,
                PATIENCE,
                view -> Set.of("INCOMPLETE", "FAILED")
                        .contains(view.path("state").asText()));

        assertThat(capture.path("reason").asText()).contains("group").contains("Group.Read.All");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ServiceLogs.of(tenant.stack()).failures())
                        .anyMatch(line -> line.message().startsWith("audit poll failed")));
        assertNoTrace();
    }

    @Test
    @Order(4)
    void noLogHoldsPersonalData() {
        Set<String> personal = new HashSet<>();
        ExportedTenant now = tenant.export();
        for (String type : List.of("user", "group")) {
            for (String id : now.ids(type)) {
                PERSONAL.forEach(property -> now.text(type, id, property).ifPresent(personal::add));
            }
        }
        assertThat(personal).hasSizeGreaterThan(300);

        assertThat(ServiceLogs.of(tenant.stack()).holding(personal)).isEmpty();
        assertEveryLineIsAnEvent();
    }

    private void assertEveryLineIsAnEvent() {
        assertThat(ServiceLogs.of(tenant.stack()).lines())
                .allSatisfy(line -> assertThat(line.event().isObject())
                        .as("one JSON object: %s", line.text())
                        .isTrue())
                .filteredOn(ServiceLogs.Line::isOurs)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.message())
                        .doesNotContain("\n")
                        .doesNotContain("null")
                        .contains("="));
    }

    private long said(ServiceName service, String what) {
        return ServiceLogs.of(tenant.stack()).lines().stream()
                .filter(line -> line.service() == service && line.message().startsWith(what))
                .count();
    }

    private void assertNoTrace() {
        List<ServiceLogs.Line> traced = ServiceLogs.of(tenant.stack()).lines().stream()
                .filter(ServiceLogs.Line::hasTrace)
                .toList();
        assertThat(traced).isEmpty();
    }

    /** Takes all permissions but one from an application, and the tokens that it has. */
    private void leave(String name, String permission) {
        SampleClient client = tenant.stack().clients().named(name);
        ObjectNode told = new ObjectMapper().createObjectNode();
        told.put("clientId", client.clientId()).put("revoke", true);
        told.putArray("permissions").add(permission);
        HttpRequest request = HttpRequest.newBuilder(
                        tenant.stack().simulator().controlUrl().resolve("/clients"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(told.toString()))
                .build();
        try {
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new IllegalStateException("the simulator cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void act(String method, String path, String body) {
        JsonNode unused = tool.send(method, path, body);
    }
}
