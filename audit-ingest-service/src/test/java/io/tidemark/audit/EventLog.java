package io.tidemark.audit;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.runtime.event.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that has arrived on one topic, read from its beginning. */
public final class EventLog implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

    public EventLog(String bootstrapServers, String topic) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public List<ConsumerRecord<String, byte[]>> records() {
        consumer.poll(WAIT).forEach(records::add);
        return records;
    }

    /** The payloads of one type so far. */
    public <T> List<T> payloads(EventType type, Class<T> payload) {
        return events().filter(event -> event.type() == type)
                .map(event -> payload.cast(event.data()))
                .toList();
    }

    public Stream<? extends Event<?>> events() {
        return records().stream().map(EventReader::read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
