package io.tidemark.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.OpsEvent;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void whatCannotBeSentIsWaitedForOnceAndNotForEachEventOfABatch() {
        EventPublisher publisher = new EventPublisher(new BrokerUnknown(), () -> "test");
        List<Event<OpsEvent>> batch =
                IntStream.range(0, 2_000).mapToObj(EventPublisherTest::event).toList();

        assertThatThrownBy(() -> publisher.publish(batch))
                .isInstanceOf(PublishException.class)
                .hasCauseInstanceOf(TimeoutException.class);

        assertThat(sent).hasValue(1);
    }

    private static Event<OpsEvent> event(int number) {
        return new Event<>(
                Event.idOf("a", Integer.toString(number)),
                EventType.OPS,
                "/tenants/t/test",
                "component/x",
                NOON,
                "t|x",
                null,
                new OpsEvent("t", "x", "test", "", NOON));
    }

    /** A broker of which no topic is known any more: each record waits for as long as an outage may take, and is refused then. */
    private final class BrokerUnknown extends KafkaConnection {

        BrokerUnknown() {
            super(Map.of());
        }

        @Override
        @SuppressWarnings("unchecked")
        synchronized Producer<String, byte[]> producer() {
            return (Producer<String, byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                        TimeoutException away = new TimeoutException("topic not known");
                        sent.incrementAndGet();
                        ((Callback) arguments[1]).onCompletion(null, away);
                        return CompletableFuture.failedFuture(away);
                    });
        }
    }
}
