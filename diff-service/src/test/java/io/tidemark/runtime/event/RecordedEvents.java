package io.tidemark.runtime.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A publisher whose events are taken by Kafka's own stand-in for a broker, and kept. */
public final class RecordedEvents {

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    public EventPublisher publisher() {
        return new EventPublisher(
                new KafkaConnection(Map.of()) {
                    @Override
                    synchronized Producer<String, byte[]> producer() {
                        return producer;
                    }
                },
                () -> "recorded");
    }

    /** What was published about a subject, as text. */
    public List<String> about(String subject) {
        return producer.history().stream()
                .filter(record -> new String(
                                record.headers().lastHeader("ce_subject").value(), StandardCharsets.UTF_8)
                        .equals(subject))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
