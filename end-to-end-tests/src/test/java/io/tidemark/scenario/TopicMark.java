package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far a topic went at one moment, so that what was published after it can be read. */
final class TopicMark {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final String servers;
    private final Map<TopicPartition, Long> ends;

    private TopicMark(String servers, Map<TopicPartition, Long> ends) {
        this.servers = servers;
        this.ends = ends;
    }

    /** The end of the topic as it is now. */
    static TopicMark now(String servers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
            return new TopicMark(servers, Map.copyOf(consumer.endOffsets(partitions(consumer, topic))));
        }
    }

    /** The contents of all messages from the mark to the topic's present end; what says nothing is left out. */
    List<JsonNode> since() {
        List<JsonNode> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
            Map<TopicPartition, Long> now = consumer.endOffsets(ends.keySet());
            consumer.assign(ends.keySet());
            ends.forEach(consumer::seek);
            while (now.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                    if (message.value() != null) {
                        messages.add(MAPPER.readTree(message.value()));
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a message is no JSON", e);
        }
        return messages;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String servers) {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
