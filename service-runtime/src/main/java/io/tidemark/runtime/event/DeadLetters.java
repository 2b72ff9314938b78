package io.tidemark.runtime.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Parks records that cannot be processed, byte for byte, so that the others go on and nothing is lost; of one that is too large for that,
 * where it was. A dead letter's key is where its record was, so that a record which is delivered again takes its own place on the compacted
 * topic; the record's own key travels as a header.
 */
@ApplicationScoped
public class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final long PATIENCE_SECONDS = 60;
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_REASON = 1_000;
    private static final String VALUE = "dead-letter-value";

    private final KafkaConnection connection;
    private final TopicsConfig topics;
    private final MeterRegistry metrics;
    /** What was parked last: a batch that is tried again need not park its records again. */
    private final Set<String> parked = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    DeadLetters(KafkaConnection connection, TopicsConfig topics, MeterRegistry metrics) {
        this.connection = connection;
        this.topics = topics;
        this.metrics = metrics;
    }

    /**
     * Parks a record and returns when the broker has it; does nothing if this process has parked it before.
     *
     * @param group the consumer group that could not process it
     * @param reason why not; it travels as a header and must hold nothing of the content
     * @throws PublishException if the broker did not take it
     */
    public void park(ConsumerRecord<String, byte[]> unprocessable, String group, String reason) {
        String place = unprocessable.topic() + "-" + unprocessable.partition() + "-" + unprocessable.offset();
        if (parked.contains(group + "|" + place)) {
            return;
        }
        RecordHeaders headers = new RecordHeaders(unprocessable.headers());
        if (unprocessable.key() != null) {
            add(headers, "dead-letter-key", unprocessable.key());
        }
        if (unprocessable.value() == null) {
            // A record without a value would take the dead letter off a compacted topic.
            add(headers, VALUE, "none");
        }
        say(headers, unprocessable, reason);
        String topic = Topic.deadLetters(topics.prefix(), group);
        try {
            send(new ProducerRecord<>(topic, null, place, value(unprocessable), headers));
        } catch (RecordTooLargeException e) {
            // It was compressed when it came, or as large as may be before anything was said of it. It stays in its own
            // topic for as long as that keeps it; everything behind it must not wait so long.
            send(new ProducerRecord<>(topic, null, place, new byte[0], withoutContent(unprocessable, reason)));
        }
        parked.add(group + "|" + place);
        metrics.counter("tidemark.dead.letters", "group", group, "topic", unprocessable.topic())
                .increment();
        LOG.warnf(
                "record parked topic=%s partition=%d offset=%d group=%s reason=%s",
                unprocessable.topic(), unprocessable.partition(), unprocessable.offset(), group, reason);
    }

    private void send(ProducerRecord<String, byte[]> letter) {
        try {
            connection.producer().send(letter).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new PublishException("dead letter could not be parked", e);
        } catch (TimeoutException e) {
            throw new PublishException("dead letter could not be parked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while parking a dead letter", e);
        }
    }

    private static RecordHeaders withoutContent(ConsumerRecord<String, byte[]> unprocessable, String reason) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, VALUE, "too large, " + value(unprocessable).length + " bytes");
        say(headers, unprocessable, reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
        return headers;
    }

    private static void say(RecordHeaders headers, ConsumerRecord<String, byte[]> unprocessable, String reason) {
        add(headers, "dead-letter-reason", reason);
        add(headers, "dead-letter-topic", unprocessable.topic());
        add(headers, "dead-letter-partition", Integer.toString(unprocessable.partition()));
        add(headers, "dead-letter-offset", Long.toString(unprocessable.offset()));
    }

    private static byte[] value(ConsumerRecord<String, byte[]> unprocessable) {
        return unprocessable.value() == null ? new byte[0] : unprocessable.value();
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
