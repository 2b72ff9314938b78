package io.tidemark.runtime.event;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

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
        List<Future<?>> sent = new ArrayList<>(events.size());
        for (Event<?> event : events) {
            sent.add(send(event));
        }
        for (Future<?> one : sent) {
            await(one);
        }
    }

    /** As {@link #publish(List)} for one event. */
    public void publish(Event<?> event) {
        publish(List.of(event));
    }

    /** Sends the event and completes when the broker has acknowledged it. May block while the send buffer is full. */
    public CompletableFuture<Void> publishAsync(Event<?> event) {
        return send(event);
    }

    private CompletableFuture<Void> send(Event<?> event) {
        RecordHeaders headers = new RecordHeaders();
        MessageCodec.headers(event).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        ProducerRecord<String, byte[]> sending = new ProducerRecord<>(
                event.type().topic().name(topics.prefix()),
                null,
                event.time().toEpochMilli(),
                event.key(),
                MessageCodec.value(event),
                headers);
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        Future<?> unused = connection.producer().send(sending, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    private static void await(Future<?> sent) {
        try {
            sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new PublishException("broker refused an event", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new PublishException("broker did not acknowledge within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while waiting for the broker", e);
        }
    }
}
