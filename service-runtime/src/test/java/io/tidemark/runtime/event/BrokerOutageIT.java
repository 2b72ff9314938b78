package io.tidemark.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.backends.EmbeddedBroker;
import io.tidemark.backends.Topics;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.contracts.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes away while events are being sent, and comes back with its data. */
class BrokerOutageIT {

    private static final TopicsConfig TOPICS = () -> "outage";
    private static final int EVENTS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void whatIsSentWhileTheBrokerIsAwayArrivesInOrder() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(folder, 0);
        int port = first.port();
        Topics.create(first.bootstrapServers(), Topics.ofContracts(TOPICS.prefix()));
        KafkaConnection connection = new KafkaConnection(Map.of("bootstrap.servers", first.bootstrapServers()));
        EventPublisher publisher = new EventPublisher(connection, TOPICS);
        CountDownLatch halfway = new CountDownLatch(1);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> {
            for (int batch = 0; batch < EVENTS; batch += 100) {
                publisher.publish(IntStream.range(batch, batch + 100)
                        .mapToObj(BrokerOutageIT::event)
                        .toList());
                if (batch >= EVENTS / 4) {
                    halfway.countDown();
                }
            }
        });
        assertThat(halfway.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        first.close();
        // Not "during": where the machine is busy, that gives up because it looks too seldom.
        await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> true);
        assertThat(publishing).isNotCompletedExceptionally();
        try (EmbeddedBroker second = EmbeddedBroker.start(folder, port)) {
            publishing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            List<Integer> arrived = numbers(second.bootstrapServers());
            assertThat(skips(arrived)).as("what came before its turn").isEmpty();
            assertThat(arrived).endsWith(EVENTS - 1);
        } finally {
            connection.close(new ShutdownEvent());
        }
    }

    /**
     * What came before something that belongs before it. What was on its way may come once more, from somewhere on and in order: a broker that
     * starts again knows of each producer the last batch only, so the client has to send older ones as if they were new.
     */
    private static List<String> skips(List<Integer> arrived) {
        List<String> skips = new ArrayList<>();
        int before = -1;
        int highest = -1;
        for (int place = 0; place < arrived.size(); place++) {
            int came = arrived.get(place);
            if (came > before + 1 && came != highest + 1) {
                skips.add("at " + place + " came " + came + " after " + before);
            }
            before = came;
            highest = Math.max(highest, came);
        }
        return skips;
    }

    private static Event<OpsEvent> event(int number) {
        Instant at = Instant.parse("2026-05-01T12:00:00Z").plusSeconds(number);
        return new Event<>(
                Event.idOf("outage", Integer.toString(number)),
                EventType.OPS,
                "/tenants/t/test",
                "event/" + number,
                at,
                "one key",
                null,
                new OpsEvent("t", "x", "test", "", at));
    }

    private static List<Integer> numbers(String servers) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", servers, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.OPS.name(TOPICS.prefix())).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Integer> numbers = new ArrayList<>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> numbers.add(Integer.valueOf(
                                EventReader.read(record).subject().substring("event/".length()))));
            }
            return numbers;
        }
    }
}
