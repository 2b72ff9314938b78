package io.tidemark.runtime.event;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
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

    /**
     * What waits to be sent or acknowledged, in bytes; the producer keeps buffers of that size for good once it has needed them. Senders
     * wait for their acknowledgements anyhow, so that a quarter of the usual is enough.
     */
    private static final long BUFFER_BYTES = 8L * 1024 * 1024;

    /** A broker that is away for some minutes delays what is sent; it does not fail it. */
    static final Duration OUTAGE = Duration.ofMinutes(10);

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(KafkaConnection.class);

    private final AtomicBoolean silent = new AtomicBoolean();
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
            settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /** The broker has not answered for longer than usual; that is said once, however many wait for it. */
    void fellSilent() {
        if (silent.compareAndSet(false, true)) {
            LOG.warnf(
                    "broker does not answer, what is to be sent waits minutes=%d todo=%s",
                    OUTAGE.toMinutes(), Outage.TODO);
        }
    }

    /** The broker took something. */
    void answered() {
        if (silent.get() && silent.compareAndSet(true, false)) {
            LOG.info("broker answers again todo=none");
        }
    }

    synchronized void close(@Observes ShutdownEvent event) {
        if (producer != null) {
            producer.close(CLOSING);
            producer = null;
        }
    }
}
