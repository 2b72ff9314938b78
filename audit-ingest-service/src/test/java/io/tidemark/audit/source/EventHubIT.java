package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tidemark.audit.EventLog;
import io.tidemark.backends.BackendsResource;
import io.tidemark.backends.TopicSpec;
import io.tidemark.backends.Topics;
import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = BackendsResource.class, restrictToAnnotatedClass = true)
@TestProfile(EventHubIT.HubProfile.class)
class EventHubIT {

    private static final String TENANT = "9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e10";
    private static final String HUB = "insights-logs-auditlogs";

    private final String bootstrapServers;

    EventHubIT(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Event Hubs instead of polling. */
    public static final class HubProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "tidemark.audit.polling",
                    "false",
                    "tidemark.audit.event-hub.enabled",
                    "true",
                    "tidemark.graph.tenants.\"" + TENANT + "\".client-id",
                    "none",
                    "tidemark.graph.tenants.\"" + TENANT + "\".client-secret",
                    "none");
        }
    }

    @Test
    void recordsOfEveryShapeBecomeChangesAndTheRestIsParkedOrPassedOver() throws Exception {
        String first = entry("Directory_1", TENANT, "AuditLogs");
        String second = entry("Directory_2", TENANT, "AuditLogs");
        String third = entry("Directory_3", TENANT, "AuditLogs");
        String foreign = entry("Directory_4", "00000000-0000-4000-8000-000000000000", "AuditLogs");
        String signIn = "{\"category\":\"SignInLogs\",\"tenantId\":\"" + TENANT + "\",\"properties\":{\"id\":\"s\"}}";
        String broken = "{\"category\":\"AuditLogs\",\"tenantId\":\"" + TENANT + "\",\"properties\":\"{\"}";

        Topics.create(bootstrapServers, Map.of(HUB, new TopicSpec(2, false)));
        send("{\"records\":[" + first + "," + signIn + "]}");
        send("not json: mira@example.com");
        send(second + "\n" + broken);
        send("[" + first + "," + foreign + "," + third + "]");

        try (EventLog changes = new EventLog(bootstrapServers, Topic.CHANGE.name("tidemark"));
                EventLog raw = new EventLog(bootstrapServers, Topic.AUDIT_RAW.name("tidemark"));
                EventLog dead = new EventLog(bootstrapServers, Topic.deadLetters("tidemark", EventHubListener.GROUP))) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(dead.records()).hasSize(2);
                assertThat(changes.payloads(EventType.CHANGE_RECORDED, ChangeRecorded.class))
                        .extracting(ChangeRecorded::auditId)
                        .containsExactlyInAnyOrder("Directory_1", "Directory_2", "Directory_3");
                assertThat(raw.payloads(EventType.AUDIT_RAW, AuditRaw.class))
                        .extracting(AuditRaw::source)
                        .containsOnly(AuditRaw.Source.EVENT_HUBS)
                        .hasSize(3);
            });
            assertThat(changes.payloads(EventType.CHANGE_RECORDED, ChangeRecorded.class))
                    .allSatisfy(change -> {
                        assertThat(change.object().type()).isEqualTo("group");
                        assertThat(change.actor().ipAddress()).isEqualTo("203.0.113.5");
                    });
            assertThat(dead.records()).flatExtracting(EventHubIT::reasons).noneMatch(reason -> reason.contains("mira"));
        }
    }

    private static List<String> reasons(ConsumerRecord<String, byte[]> parked) {
        Header reason = parked.headers().lastHeader("dead-letter-reason");
        return List.of(new String(reason.value(), StandardCharsets.UTF_8));
    }

    private void send(String message) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(HUB, message.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static String entry(String id, String tenant, String category) {
        return """
                {"time":"2026-05-01T10:02:00Z","category":"%s","tenantId":"%s","callerIpAddress":"203.0.113.5",
                 "properties":{"id":"%s","result":0,"activityDisplayName":"Delete group","operationType":"Delete",
                 "activityDateTime":"2026-05-01T10:02:00.1234567+00:00","correlationId":"c","initiatedBy":{},
                 "targetResources":[{"id":"0d1f7a52-1d0c-4b8e-8a6b-3c1d9e2f4a22","type":"Group"}]}}""".formatted(category, tenant, id).replace("\n", "");
    }
}
