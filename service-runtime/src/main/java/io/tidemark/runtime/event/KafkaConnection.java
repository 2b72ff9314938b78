package io.tidemark.runtime.event;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The service's one producer, opened at first use: idempotent, acknowledged by all replicas, compressed. */
@ApplicationScoped
class KafkaConnection {

    private static final int LINGER_MILLIS = 5;
    private static final int BATCH_BYTES = 256 * 1024;

    /**
     * Each batch is compressed by itself, and zstd's usual level 3 prepares large tables before it begins: for batches of some ten
     * kilobytes it took about half of the processor time of a capture; with level 1 a capture takes about half of what it took.
     */
    private static final int ZSTD_LEVEL = 1;

    /** A broker that is away for some minutes delays what is sent; it does not fail it. */
    static final Duration OUTAGE = Duration.ofMinutes(10);

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Map<String, Object> broker;
    private @Nullable Producer<String, byte[]> producer;

    KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(broker);
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(OUTAGE.toMillis()));
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, OUTAGE.toMillis());
            settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
            settings.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, ZSTD_LEVEL);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
            settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    synchronized void close(@Observes ShutdownEvent event) {
        if (producer != null) {
            producer.close(CLOSING);
            producer = null;
        }
    }
}
