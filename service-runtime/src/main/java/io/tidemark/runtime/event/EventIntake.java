package io.tidemark.runtime.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Reads the records of a batch, parks those that do not keep to the contract, and does not let go of a batch that cannot be stored yet. */
@ApplicationScoped
public class EventIntake {

    private static final Logger LOG = Logger.getLogger(EventIntake.class);
    private static final int LONGEST_PAUSE_SECONDS = 30;

    private final DeadLetters deadLetters;
    private final String group;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger stuck = new AtomicInteger();

    EventIntake(
            DeadLetters deadLetters,
            @ConfigProperty(name = "quarkus.application.name") String group,
            MeterRegistry metrics) {
        this.deadLetters = deadLetters;
        this.group = group;
        metrics.gauge("tidemark.intake.stuck", stuck);
    }

    /** One record that keeps to the contract, and where it was. */
    public record Received<T>(EventType type, T data, ConsumerRecord<String, byte[]> source) {}

    /** The payloads of one type, in the order of the batch, that pass a check; the check throws on what must not be taken. */
    public <T> List<Received<T>> read(ConsumerRecords<String, byte[]> batch, Class<T> type, Consumer<T> check) {
        return take(batch, type, data -> {
            check.accept(data);
            return data;
        });
    }

    /** As {@link #read(ConsumerRecords, Class, Consumer)}, with what the payload is to be taken as. */
    public <T> List<Received<T>> take(ConsumerRecords<String, byte[]> batch, Class<T> type, UnaryOperator<T> taking) {
        return untilDone("unreadable records", () -> readOnce(batch, type, taking));
    }

    /** Hands what was read to a store, until the store has it. */
    public <T> void store(String what, List<Received<T>> received, Consumer<List<Received<T>>> work) {
        hold(what, () -> work.accept(received));
    }

    /** Does what follows from a batch again and again until it succeeds. */
    public void hold(String what, Runnable work) {
        Boolean unused = untilDone(what, () -> {
            work.run();
            return true;
        });
    }

    private <T> List<Received<T>> readOnce(
            ConsumerRecords<String, byte[]> batch, Class<T> type, UnaryOperator<T> taking) {
        List<Received<T>> read = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> one : batch) {
            try {
                Event<?> event = EventReader.read(one);
                if (!type.isInstance(event.data())) {
                    throw new ContractException("event of type " + event.type() + " does not belong on this topic");
                }
                read.add(new Received<>(event.type(), taking.apply(type.cast(event.data())), one));
            } catch (ContractException | IllegalArgumentException e) {
                deadLetters.park(one, group, e.getMessage() == null ? "unreadable" : e.getMessage());
            }
        }
        return read;
    }

    /** Does the work again until it succeeds: a batch that is let go of would be lost. Gives up only when the service stops. */
    private <T> T untilDone(String what, Supplier<T> work) {
        for (int pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_SECONDS)) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                tell(what, pause, e);
                pause(pause, e);
            }
        }
    }

    /** That a store or the broker is away is nobody's mistake here, so that the place where it was noticed says nothing. */
    private static void tell(String what, int pause, RuntimeException e) {
        boolean away = Outage.isBehind(e);
        if (away || pause > 1) {
            LOG.warnf(
                    "batch not stored, it is held and tried again what=%s seconds=%d reason=%s todo=%s",
                    what, pause, e.getClass().getSimpleName(), away ? Outage.TODO : "see the first such line");
        } else {
            LOG.errorf(e, "batch not stored, it is held and tried again what=%s seconds=%d", what, pause);
        }
    }

    /** Whether a batch is waiting for a store or broker that refuses it. */
    boolean isStuck() {
        return stuck.get() > 0;
    }

    private void pause(int seconds, RuntimeException cause) {
        stuck.incrementAndGet();
        try {
            if (stopping.await(seconds, TimeUnit.SECONDS)) {
                throw cause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        } finally {
            stuck.decrementAndGet();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
