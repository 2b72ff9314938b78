package io.tidemark.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.backends.EmbeddedBroker;
import io.tidemark.backends.TopicSpec;
import io.tidemark.backends.Topics;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's own stream of audit entries, against a broker. */
class SimulatorStreamIT {

    private static final String TOPIC = "insights-logs-auditlogs";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenArrivesAsAnEventHubWouldSendIt() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0)) {
            Topics.create(broker.bootstrapServers(), Map.of(TOPIC, new TopicSpec(1, false)));
            try (var simulator = GraphSimulator.start(SimulatorConfig.builder()
                    .tenantSeed(SampleTenants.of("tiny", 1, Map.of()))
                    .auditTarget(new SimulatorConfig.AuditTarget(broker.bootstrapServers(), TOPIC))
                    .build())) {
                String group = created(simulator);
                var message = sent(broker, group);
                JsonNode record = record(message, group);

                assertThat(message.key()).isNull();
                assertThat(record.path("operationName").asText()).isEqualTo("Add group");
                assertThat(record.path("category").asText()).isEqualTo("AuditLogs");
                assertThat(record.path("tenantId").asText())
                        .isEqualTo(simulator.tenant().id().toString());
                assertThat(record.at("/properties/result").asInt(-1)).isZero();
                assertThat(record.at("/properties/activityDateTime").asText()).endsWith("+00:00");
            }
        }
    }

    private static String created(GraphSimulator simulator) throws IOException, InterruptedException {
        var client = SampleClients.of(1).named("tidemark-restorer");
        var token = HttpRequest.newBuilder(
                        simulator.authorityUrl().resolve(simulator.tenant().id() + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=https://graph.microsoft.com/.default"
                        + "&client_id=" + client.clientId() + "&client_secret=" + client.secret()))
                .build();
        String issued = json(token).path("access_token").asText();
        var group = HttpRequest.newBuilder(URI.create(simulator.graphUrl() + "/v1.0/groups"))
                .header("Authorization", "Bearer " + issued)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"displayName\":\"streamed\",\"mailNickname\":\"streamed\","
                        + "\"mailEnabled\":false,\"securityEnabled\":true}"))
                .build();
        return json(group).path("id").asText();
    }

    private static JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        return MAPPER.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static ConsumerRecord<String, String> sent(EmbeddedBroker broker, String about) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            var partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (var one : consumer.poll(Duration.ofMillis(200))) {
                    if (one.value().contains(about)) {
                        found.add(one);
                    }
                }
                return !found.isEmpty();
            });
        }
        return found.get(0);
    }

    private static JsonNode record(ConsumerRecord<String, String> message, String about) throws IOException {
        for (JsonNode record : MAPPER.readTree(message.value()).path("records")) {
            if (record.at("/properties/targetResources/0/id").asText().equals(about)) {
                return record;
            }
        }
        throw new AssertionError("no record tells of the group");
    }
}
