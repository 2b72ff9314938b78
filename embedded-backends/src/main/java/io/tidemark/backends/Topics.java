package io.tidemark.backends;

import io.tidemark.contracts.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Topics made up front: a consumer that meets a missing topic loses seconds. */
public final class Topics {
    /** The consumer groups, one per service, each with a dead-letter topic of its own. */
    public static final List<String> GROUPS =
            List.of("snapshot-service", "audit-ingest-service", "diff-service", "restore-service", "console");

    private static final int DEAD_LETTER_PARTITIONS = 1;
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    private Topics() {}

    /** Every topic of the contracts and every group's dead-letter topic. */
    public static Map<String, TopicSpec> ofContracts(String prefix) {
        var topics = new LinkedHashMap<String, TopicSpec>();
        for (Topic topic : Topic.values()) {
            topics.put(topic.name(prefix), new TopicSpec(topic.partitions(), topic.compacted()));
        }
        for (String group : GROUPS) {
            topics.put(
                    Topic.deadLetters(prefix, group),
                    new TopicSpec(DEAD_LETTER_PARTITIONS, true, DEAD_LETTER_RETENTION));
        }
        return topics;
    }

    /** Makes the topics that are missing and leaves the others as they are. */
    public static void create(String bootstrapServers, Map<String, TopicSpec> topics) {
        List<NewTopic> wanted = topics.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue().partitions(), (short) 1)
                        .configs(topic.getValue().settings()))
                .toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (Map.Entry<String, KafkaFuture<Void>> created :
                    admin.createTopics(wanted).values().entrySet()) {
                await(created.getKey(), created.getValue());
            }
        }
    }

    private static void await(String topic, KafkaFuture<Void> created) {
        try {
            created.get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new BackendException("topic " + topic + " cannot be made: " + failed.getCause(), failed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while making topic " + topic, interrupted);
        }
    }
}
