package io.tidemark.simulator.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the audit log to a Kafka topic as Azure Monitor sends it to an event hub: several records in one message, no key. */
public final class AuditStream implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AuditStream.class.getName());
    private static final int MOST_IN_MESSAGE = 50;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;

    /** A stream to a topic of the brokers. */
    public AuditStream(String brokers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "acks",
                        "all",
                        "max.block.ms",
                        "10000",
                        "client.id",
                        "graph-simulator"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends entries of the log of a tenant. */
    public void send(UUID tenant, List<ObjectNode> entries) {
        for (int from = 0; from < entries.size(); from += MOST_IN_MESSAGE) {
            List<ObjectNode> some = entries.subList(from, Math.min(entries.size(), from + MOST_IN_MESSAGE));
            var unused =
                    producer.send(new ProducerRecord<>(topic, Json.bytes(message(tenant, some))), (sent, failure) -> {
                        if (failure != null) {
                            LOG.log(
                                    System.Logger.Level.WARNING,
                                    "Audit entries were not sent entries=" + some.size(),
                                    failure);
                        }
                    });
        }
        producer.flush();
    }

    /** One message. */
    static ObjectNode message(UUID tenant, List<ObjectNode> entries) {
        ObjectNode message = Json.object();
        ArrayNode records = message.putArray("records");
        entries.forEach(entry -> records.add(entry(tenant, entry)));
        return message;
    }

    private static ObjectNode entry(UUID tenant, ObjectNode entry) {
        ObjectNode one = Json.object();
        JsonNode user = entry.path("initiatedBy").path("user");
        JsonNode app = entry.path("initiatedBy").path("app");
        String address = user.path("ipAddress").asText("");
        one.set("time", entry.get("activityDateTime"));
        one.put("resourceId", "/tenants/" + tenant + "/providers/Microsoft.aadiam");
        one.set("operationName", entry.get("activityDisplayName"));
        one.put("operationVersion", "1.0");
        one.put("category", "AuditLogs");
        one.put("tenantId", tenant.toString());
        one.put("resultSignature", "None");
        one.put("durationMs", 0);
        one.put("callerIpAddress", address.isEmpty() ? "<null>" : address);
        one.set("correlationId", entry.get("correlationId"));
        one.put(
                "identity",
                app.path("displayName").asText(user.path("userPrincipalName").asText("")));
        one.put("level", "Informational");
        ObjectNode properties = entry.deepCopy();
        properties.put("result", entry.path("result").asText().equals("success") ? 0 : 1);
        String moment = entry.path("activityDateTime").asText();
        properties.put(
                "activityDateTime",
                moment.endsWith("Z") ? moment.substring(0, moment.length() - 1) + "+00:00" : moment);
        one.set("properties", properties);
        return one;
    }

    @Override
    public void close() {
        producer.close();
    }
}
