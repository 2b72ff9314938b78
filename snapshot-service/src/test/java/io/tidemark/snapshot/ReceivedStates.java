package io.tidemark.snapshot;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.Topic;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.runtime.event.EventReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** All that has arrived on the topics object-state and snapshot, read with code of its own. */
public final class ReceivedStates implements AutoCloseable {

    private static final Duration WAIT = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Event<?>> events = new ArrayList<>();

    public ReceivedStates() {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        setting("kafka.bootstrap.servers"),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Topic.OBJECT_STATE, Topic.SNAPSHOT)
                .flatMap(topic -> consumer.partitionsFor(topic.name(setting("tidemark.topics.prefix"))).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on until there is nothing more. */
    public void readAll() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(WAIT).forEach(record -> events.add(EventReader.read(record)));
        }
    }

    /** The states of one capture. */
    public List<ObjectState> of(String captureId) {
        return states().filter(state -> state.captureId().equals(captureId)).toList();
    }

    /** The newest state of a key {@code type|id}. */
    public Optional<ObjectState> newest(String key) {
        return Optional.ofNullable(newest().get(key));
    }

    /** The keys that are present after everything that has arrived, of the types that the tenant's export tells of. */
    public Set<String> present() {
        Set<String> present = new TreeSet<>();
        newest().forEach((key, state) -> {
            if (state.deleted() == null && ExportedTenant.tellsOf(state.objectType())) {
                present.add(key);
            }
        });
        return present;
    }

    /** The bodies of what is present, by key; those that were claimed are asked for. */
    public Map<String, JsonObject> bodies(Function<BodyClaim, JsonObject> redeem) {
        Map<String, JsonObject> bodies = new HashMap<>();
        newest().forEach((key, state) -> {
            if (state.deleted() == null) {
                bodies.put(key, state.claim() == null ? state.body() : redeem.apply(state.claim()));
            }
        });
        return bodies;
    }

    public Optional<CaptureReport> report(String captureId, EventType type) {
        return events.stream()
                .filter(event -> event.type() == type)
                .map(event -> (CaptureReport) event.data())
                .filter(report -> report.captureId().equals(captureId))
                .reduce((first, second) -> second);
    }

    /** Whether a report's counts are exactly what has arrived. */
    public List<String> disagreements(CaptureReport report) {
        Map<String, SetDigest> published = new HashMap<>();
        of(report.captureId()).forEach(state -> add(published, state));
        Map<String, SetDigest> present = new HashMap<>();
        newest().values().stream().filter(state -> state.deleted() == null).forEach(state -> add(present, state));
        List<String> disagreements = new ArrayList<>();
        for (TypeCount count : report.types()) {
            SetDigest sent = published.getOrDefault(count.type(), SetDigest.EMPTY);
            SetDigest there = present.getOrDefault(count.type(), SetDigest.EMPTY);
            boolean same = sent.count() == count.published()
                    && sent.hex().equals(count.publishedDigest())
                    && there.count() == count.present()
                    && there.hex().equals(count.presentDigest());
            if (!same) {
                disagreements.add(count.type() + ": told " + count.published() + " published, " + count.present()
                        + " present; arrived " + sent.count() + " and " + there.count());
            }
        }
        return disagreements;
    }

    /** Which properties a capture published that differ from what was published before. */
    public String differences(String captureId) {
        StringBuilder text = new StringBuilder();
        for (ObjectState state : of(captureId)) {
            states().filter(before -> before.key().equals(state.key()))
                    .filter(before -> before.observedAt().isBefore(state.observedAt()) && before.body() != null)
                    .reduce((first, second) -> second)
                    .ifPresent(before -> text.append(differences(before, state)).append('\n'));
        }
        return text.toString();
    }

    private static String differences(ObjectState before, ObjectState after) {
        StringBuilder text = new StringBuilder(after.key().text());
        Set<String> names = new TreeSet<>(before.body().names());
        names.addAll(after.body().names());
        for (String name : names) {
            if (!before.body().find(name).equals(after.body().find(name))) {
                text.append(' ').append(name).append(": ").append(before.body().find(name));
                text.append(" -> ").append(after.body().find(name)).append(';');
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static void add(Map<String, SetDigest> digests, ObjectState state) {
        ContentHash hash = state.stateHash() == null
                ? ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8))
                : new ContentHash(state.stateHash());
        digests.merge(state.objectType(), SetDigest.EMPTY.plus(state.key(), hash), SetDigest::plus);
    }

    private Map<String, ObjectState> newest() {
        Map<String, ObjectState> newest = new LinkedHashMap<>();
        states().forEach(state -> newest.merge(
                state.key().text(),
                state,
                (before, after) -> after.observedAt().isAfter(before.observedAt()) ? after : before));
        return newest;
    }

    private Stream<ObjectState> states() {
        return events.stream()
                .filter(event -> event.type() == EventType.OBJECT_STATE)
                .map(event -> (ObjectState) event.data());
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
