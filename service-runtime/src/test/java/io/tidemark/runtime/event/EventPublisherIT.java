package io.tidemark.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.backends.EmbeddedBroker;
import io.tidemark.backends.Topics;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.contracts.Topic;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventPublisherIT {

    private static final TopicsConfig TOPICS = () -> "runtime-test";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123Z");

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaConnection connection;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        Topics.create(broker.bootstrapServers(), Topics.ofContracts(TOPICS.prefix()));
        connection = new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        connection.close(new ShutdownEvent());
        broker.close();
    }

    @Test
    void whatIsPublishedIsReadBackAsItWas() {
        Event<OpsEvent> sent = new Event<>(
                Event.idOf("a", "b"),
                EventType.OPS,
                "/tenants/t/test",
                "component/x",
                NOON,
                "t|x",
                "c1",
                new OpsEvent("t", "x", "audit-gap", "nothing was lost", NOON));

        new EventPublisher(connection, TOPICS).publish(List.of(sent));

        List<ConsumerRecord<String, byte[]>> records = records(Topic.OPS.name(TOPICS.prefix()));
        assertThat(records).hasSize(1);
        assertThat(EventReader.read(records.get(0))).isEqualTo(sent);
        assertThat(records.get(0).timestamp()).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void aBatchOfWhichTheBrokerRefusesOneEventIsNotPublished() {
        List<Event<JsonObject>> batch = List.of(event("fine", ""), event("too-large", "x".repeat(2_000_000)));

        assertThatThrownBy(() -> new EventPublisher(connection, TOPICS).publish(batch))
                .isInstanceOf(PublishException.class)
                .hasMessage("broker refused an event")
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void eachEventOfABatchHasItsOwnHeaders() {
        List<Event<JsonObject>> batch = List.of(event("one", ""), event("two", ""), event("one", "again"));
        BatchHeaders headers = new BatchHeaders();

        for (Event<JsonObject> event : batch) {
            Map<String, String> made = new LinkedHashMap<>();
            headers.of(event)
                    .forEach(header -> made.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            assertThat(made).isEqualTo(MessageCodec.headers(event));
        }
    }

    private static Event<JsonObject> event(String activity, String detail) {
        return new Event<>(
                Event.idOf(activity, detail),
                EventType.SOC_ACTIVITY,
                "/tenants/t/test",
                "activity/" + activity,
                NOON,
                "t|" + activity,
                activity.equals("two") ? null : "c1",
                JsonObject.EMPTY.with("detail", new JsonString(detail)));
    }

    @Test
    void aRecordThatCannotBeReadIsParkedByteForByteWithItsReasonAndOrigin() throws Exception {
        byte[] garbage = {1, 2, 3};
        String topic = Topic.CHANGE.name(TOPICS.prefix());
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "k", garbage)).get();
        }
        ConsumerRecord<String, byte[]> received = records(topic).get(0);
        assertThatThrownBy(() -> EventReader.read(received))
                .isInstanceOf(ContractException.class)
                .hasMessage("header ce_type is missing");

        DeadLetters deadLetters = new DeadLetters(connection, TOPICS, new SimpleMeterRegistry());
        for (int delivery = 0; delivery < 5; delivery++) {
            deadLetters.park(received, "diff-service", "header ce_type is missing");
        }

        ConsumerRecord<String, byte[]> parked =
                onlyElement(records(Topic.deadLetters(TOPICS.prefix(), "diff-service")));
        assertThat(parked.key()).isEqualTo(topic + "-" + received.partition() + "-" + received.offset());
        assertThat(header(parked, "dead-letter-key")).isEqualTo("k");
        assertThat(parked.value()).isEqualTo(garbage);
        assertThat(header(parked, "dead-letter-reason")).isEqualTo("header ce_type is missing");
        assertThat(header(parked, "dead-letter-topic")).isEqualTo(topic);
        assertThat(header(parked, "dead-letter-offset")).isEqualTo(Long.toString(received.offset()));
    }

    @Test
    void ofARecordThatIsTooLargeToBeParkedItIsParkedWhereItWas() {
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        DeadLetters deadLetters = new DeadLetters(connection, TOPICS, new SimpleMeterRegistry());

        deadLetters.park(new ConsumerRecord<>("elsewhere", 3, 77, "k", content), "snapshot-service", "unreadable");

        ConsumerRecord<String, byte[]> parked =
                onlyElement(records(Topic.deadLetters(TOPICS.prefix(), "snapshot-service")));
        assertThat(parked.key()).isEqualTo("elsewhere-3-77");
        assertThat(parked.value()).isEmpty();
        assertThat(header(parked, "dead-letter-value")).isEqualTo("too large, 3000000 bytes");
        assertThat(header(parked, "dead-letter-reason")).isEqualTo("unreadable");
    }

    @Test
    void aRecordWhoseHeadersAreTooLargeIsParkedToo() {
        ConsumerRecord<String, byte[]> wide = new ConsumerRecord<>("elsewhere", 3, 78, "k", new byte[0]);
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        wide.headers().add("dead-letter-of-a-stranger", content);
        DeadLetters deadLetters = new DeadLetters(connection, TOPICS, new SimpleMeterRegistry());

        deadLetters.park(wide, "restore-service", "unreadable");

        assertThat(onlyElement(records(Topic.deadLetters(TOPICS.prefix(), "restore-service")))
                        .key())
                .isEqualTo("elsewhere-3-78");
    }

    private static <T> T onlyElement(List<T> elements) {
        assertThat(elements).hasSize(1);
        return elements.get(0);
    }

    private static String header(ConsumerRecord<String, byte[]> parked, String name) {
        return new String(parked.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(part -> new org.apache.kafka.common.TopicPartition(part.topic(), part.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long expected = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            for (int polls = 0; polls < 100 && records.size() < expected; polls++) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
