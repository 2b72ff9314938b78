package io.tidemark.diff.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.Topic;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.WholeUser;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.StoredAccounts;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.MeasuredIntake;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/**
 * What it costs to take in the states of a tenant, nearly nine tenths of them memberships, from the record to the account: a first capture, the same
 * delivered again, and a twentieth of it changed. Not part of the build: run it by name; {@code -Dcommands=true} counts what is sent to the
 * store, which takes time of its own.
 */
class IntakeMeasurement {

    private static final int STATES = Integer.getInteger("states", 100_000);
    private static final int WARM_UP = Integer.getInteger("warm", 40_000);
    private static final boolean COMMANDS = Boolean.getBoolean("commands");
    private static final int PARTITIONS = Topic.OBJECT_STATE.partitions();
    private static final String TOPIC = Topic.OBJECT_STATE.name("tidemark");
    private static final int BATCH = 1000;
    private static final int WINDOW = 6 * BATCH;
    private static final int MEMBERS = 100;
    private static final int OF_TWENTY = 20;
    private static final int LINKS_OF_TWENTY = 17;

    /** The embedded store and the driver spell every message out for a log that nobody keeps. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("de.bwaldvogel.mongo"), Logger.getLogger("org.mongodb.driver"));

    private final Map<Integer, Long> ends = new HashMap<>();
    private final StoreCounter counter = new StoreCounter();
    private String database = Database.fresh();
    private MongoClient client = MongoClients.create(settings().build());

    @Test
    void measure() {
        QUIET.forEach(log -> log.setLevel(Level.WARNING));
        lifeOfATenant(WARM_UP, false);
        if (COMMANDS) {
            client = MongoClients.create(
                    settings().addCommandListener(counter.listener()).build());
        }
        lifeOfATenant(STATES, true);
    }

    private static MongoClientSettings.Builder settings() {
        return MongoClientSettings.builder().applyConnectionString(new ConnectionString(Database.address()));
    }

    private void lifeOfATenant(int count, boolean told) {
        database = Database.fresh();
        TenantId tenant = new TenantId(UUID.randomUUID());
        SampleStates states = new SampleStates(tenant);
        String first = UUID.randomUUID().toString();
        states.capture(first, SampleStates.START);
        for (int i = 0; i < count; i++) {
            state(states.at(SampleStates.START.plusMillis(i / BATCH * 100)), i, "");
        }
        List<ConsumerRecords<String, byte[]>> batches = batches(states.published());
        ObjectStateListener listener = listener();
        measure("first capture", count, told, () -> batches.forEach(listener::on));
        assertStored(tenant, first, states);
        measure("delivered again", count, told, () -> batches.forEach(listener::on));
        assertStored(tenant, first, states);
        String second = UUID.randomUUID().toString();
        states.capture(second, SampleStates.START.plusSeconds(3600));
        for (int i = 0; i < count; i += OF_TWENTY) {
            change(states, i + i / OF_TWENTY % OF_TWENTY);
        }
        List<ConsumerRecords<String, byte[]>> changes = batches(states.published());
        measure("a twentieth changed", count / OF_TWENTY, told, () -> changes.forEach(listener::on));
        assertStored(tenant, second, states);
    }

    private static void state(SampleStates states, int i, String suffix) {
        if (isLink(i)) {
            states.link(link(i), "user");
        } else {
            states.object(ObjectKind.USER, id(1, i), WholeUser.json(id(1, i), i).replace("Oslo", "Oslo" + suffix));
        }
    }

    private static void change(SampleStates states, int i) {
        if (isLink(i)) {
            states.delete(link(i).key(), Deletion.HARD);
        } else {
            state(states, i, " 2");
        }
    }

    private static boolean isLink(int i) {
        return i % OF_TWENTY < LINKS_OF_TWENTY;
    }

    private static Link link(int i) {
        return Link.of(LinkKind.GROUP_MEMBERS, id(2, i / MEMBERS), id(1, i));
    }

    private static String id(int kind, int number) {
        return new UUID(number * 0x9E3779B97F4A7C15L, kind + number * 0xC2B2AE3D27D4EB4FL).toString();
    }

    private ObjectStateListener listener() {
        return new ObjectStateListener(
                MeasuredIntake.intake(),
                new ClaimedBodies(new SnapshotService(URI.create("http://127.0.0.1:1"))),
                new MongoHistoryStore(client, database),
                StoredAccounts.in(client, database),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    private void assertStored(TenantId tenant, String capture, SampleStates states) {
        Map<String, String> published = new HashMap<>();
        for (TypeCount type : states.completed(CaptureMode.FULL, states.now()).types()) {
            if (type.published() > 0) {
                published.put(type.type(), type.published() + " " + type.publishedDigest());
            }
        }
        Map<String, String> stored = new HashMap<>();
        StoredAccounts.in(client, database)
                .total(tenant, capture)
                .forEach((type, sum) -> stored.put(type, sum.count() + " " + sum.hex()));
        assertThat(stored).isEqualTo(published);
    }

    /** As a consumer gets them that keeps up: batches of one or two partitions, in turn. */
    private List<ConsumerRecords<String, byte[]>> batches(List<ObjectState> states) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (int start = 0; start < states.size(); start += WINDOW) {
            List<ConsumerRecord<String, byte[]>> window = new ArrayList<>();
            states.subList(start, Math.min(start + WINDOW, states.size())).forEach(state -> window.add(record(state)));
            window.sort(Comparator.comparingInt(ConsumerRecord::partition));
            records.addAll(window);
        }
        List<ConsumerRecords<String, byte[]>> batches = new ArrayList<>();
        for (int start = 0; start < records.size(); start += BATCH) {
            Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> batch = new LinkedHashMap<>();
            for (ConsumerRecord<String, byte[]> one : records.subList(start, Math.min(start + BATCH, records.size()))) {
                batch.computeIfAbsent(new TopicPartition(TOPIC, one.partition()), partition -> new ArrayList<>())
                        .add(one);
            }
            batches.add(new ConsumerRecords<>(batch, Map.of()));
        }
        return batches;
    }

    private ConsumerRecord<String, byte[]> record(ObjectState state) {
        Event<ObjectState> event = SampleStates.event(state);
        RecordHeaders headers = new RecordHeaders();
        MessageCodec.headers(event).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        int partition = Math.floorMod(event.key().hashCode(), PARTITIONS);
        byte[] value = MessageCodec.value(event);
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                ends.merge(partition, 1L, Long::sum),
                event.time().toEpochMilli(),
                TimestampType.CREATE_TIME,
                event.key().length(),
                value.length,
                event.key(),
                value,
                headers,
                Optional.empty());
    }

    private void measure(String what, int count, boolean told, Runnable work) {
        counter.reset();
        ThreadCost before = ThreadCost.now();
        work.run();
        ThreadCost cost = ThreadCost.now().since(before);
        if (told) {
            System.out.println("measured " + what + ": " + cost.perState(count));
            if (COMMANDS) {
                System.out.println("sent " + what + ": " + counter.perState(count));
            }
        }
    }
}
