package io.tidemark.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0)) {
            Topics.create(broker.bootstrapServers(), Map.of("kept", new TopicSpec(1, false)));
            send(broker, "kept", "a record");
        }

        List<String> found;
        try (var again = EmbeddedBroker.start(folder, 0)) {
            found = read(again, "kept");
        }

        assertThat(found).containsExactly("a record");
    }

    @Test
    void theTopicsOfTheContractsAreMadeWithTheirPartitionsAndCompaction() throws Exception {
        try (var broker = EmbeddedBroker.start(folder, 0)) {
            Topics.create(broker.bootstrapServers(), Topics.ofContracts("test"));
            Topics.create(broker.bootstrapServers(), Topics.ofContracts("test"));

            try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                Map<String, TopicDescription> described = admin.describeTopics(
                                Topics.ofContracts("test").keySet())
                        .allTopicNames()
                        .get();
                assertThat(described.get(Topic.OBJECT_STATE.name("test")).partitions())
                        .hasSize(Topic.OBJECT_STATE.partitions());
                assertThat(described).containsKey(Topic.deadLetters("test", "restore-service"));
                assertThat(cleanupPolicy(admin, Topic.OBJECT_STATE.name("test")))
                        .isEqualTo("compact");
                assertThat(cleanupPolicy(admin, Topic.CHANGE.name("test"))).isEqualTo("delete");
                assertThat(cleanupPolicy(admin, Topic.deadLetters("test", "diff-service")))
                        .isEqualTo("compact,delete");
            }
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, other.getLocalPort()))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("port " + other.getLocalPort() + " for the broker is taken");
        }
    }

    private static String cleanupPolicy(Admin admin, String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("cleanup.policy")
                .value();
    }

    private static void send(EmbeddedBroker broker, String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get();
        }
    }

    private static List<String> read(EmbeddedBroker broker, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var values = new java.util.ArrayList<String>();
            consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            return values;
        }
    }
}
