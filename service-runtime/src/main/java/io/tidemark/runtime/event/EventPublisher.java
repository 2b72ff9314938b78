package io.tidemark.runtime.event;

import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events to their topics. */
@ApplicationScoped
public class EventPublisher {

    private static final long PATIENCE_SECONDS =
            KafkaConnection.OUTAGE.plusMinutes(1).toSeconds();

    /** A broker that is well answers sooner, even where much is sent to it. */
    private static final long USUAL_SECONDS = 10;

    private final KafkaConnection connection;
    private final TopicsConfig topics;
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    });

    EventPublisher(KafkaConnection connection, TopicsConfig topics) {
        this.connection = connection;
        this.topics = topics;
        watch.setRemoveOnCancelPolicy(true);
        // Whoever still sends while the service stops does without.
        watch.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    void close(@Observes ShutdownEvent event) {
        watch.shutdownNow();
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
        // While the broker is away, sending may wait as well as the answer: a client that has lost it knows no topics
        // any more.
        Future<?> notice = watch.schedule(connection::fellSilent, USUAL_SECONDS, TimeUnit.SECONDS);
        try {
            for (Event<?> event : events) {
                // Each that is sent while the broker is away may wait for all of the time that an outage may take.
                if (due.isAnyRefused()) {
                    due.notSent();
                } else {
                    Future<?> unused = producer.send(record(event, headers), due);
                }
            }
            due.await(PATIENCE_SECONDS);
        } finally {
            boolean unused = notice.cancel(false);
        }
        connection.answered();
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
