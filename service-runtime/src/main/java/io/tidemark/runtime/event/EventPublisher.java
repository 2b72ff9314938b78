package io.tidemark.runtime.event;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events to their topics. */
@ApplicationScoped
public class EventPublisher {

    private static final long PATIENCE_SECONDS =
            KafkaConnection.OUTAGE.plusMinutes(1).toSeconds();

    private final KafkaConnection connection;
    private final TopicsConfig topics;

    EventPublisher(KafkaConnection connection, TopicsConfig topics) {
        this.connection = connection;
        this.topics = topics;
    }

    /**
     * Sends the events, in order per key, and returns when the broker has acknowledged all of them.
     *
     * @throws PublishException if it did not
     */
    public void publish(List<? extends Event<?>> events) {
        Producer<String, byte[]> producer = connection.producer();
        BatchHeaders headers = new BatchHeaders();
        Acknowledgements due = new Acknowledgements(events.size());
        for (Event<?> event : events) {
            Future<?> unused = producer.send(record(event, headers), due);
        }
        due.await(PATIENCE_SECONDS);
    }

    /** As {@link #publish(List)} for one event. */
    public void publish(Event<?> event) {
        publish(List.of(event));
    }

    private ProducerRecord<String, byte[]> record(Event<?> event, BatchHeaders headers) {
        return new ProducerRecord<>(
                event.type().topic().name(topics.prefix()),
                null,
                event.time().toEpochMilli(),
                event.key(),
                MessageCodec.value(event),
                headers.of(event));
    }
}
