package io.tidemark.diff.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.tidemark.diff.Database;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.retention.TestRetention.Settings;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Kills a round after each of its writes, one after the other. */
class KilledRoundIT {

    private static final Settings POLICY = new Settings("P2D", 3, 1, "1", 2);

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();

    @Test
    void aRoundThatIsKilledAfterAnyWriteEndsAsIfItHadNotBeen() {
        RandomPast past = new RandomPast(tenant, database, 42);
        for (int i = 0; i < 40; i++) {
            past.capture(false);
        }
        String whole = Database.fresh();
        copy(database, whole);
        TestRetention undisturbed = new TestRetention(whole, POLICY, past.clock);
        undisturbed.round(tenant);
        undisturbed.round(tenant);

        boolean killed = true;
        int writes = 1;
        for (; killed; writes++) {
            String torn = Database.fresh();
            copy(database, torn);
            TestRetention retention = new TestRetention(torn, POLICY, past.clock);
            retention.round(tenant);
            killed = retention.killed(tenant, writes);
            readsNothingTorn(past, torn, retention);
            retention.round(tenant);

            for (String name : List.of("versions", "snapshots", "retention_moments", "objects")) {
                assertThat(all(torn, name))
                        .as("%s, killed after %d", name, writes)
                        .isEqualTo(all(whole, name));
            }
            Database.client().getDatabase(torn).drop();
        }
        assertThat(writes).isGreaterThan(20);
        assertThat(all(whole, "versions").size())
                .isLessThan(all(database, "versions").size());
    }

    private void readsNothingTorn(RandomPast past, String torn, TestRetention retention) {
        History history = new History(new MongoHistoryStore(Database.client(), torn));
        past.truth.forEach((instant, state) -> {
            if (retention.past.isKept(tenant, instant)) {
                Map<StateKey, String> found = new HashMap<>();
                history.page(tenant, null, 1000, instant).stream()
                        .filter(span -> span.before() != null && span.before().isPresent())
                        .forEach(span ->
                                found.put(span.key(), span.before().mark().hash()));
                assertThat(found).isEqualTo(state);
            }
        });
    }

    private static Map<Object, Document> all(String from, String name) {
        Map<Object, Document> all = new TreeMap<>();
        Database.client().getDatabase(from).getCollection(name).find().forEach(one -> all.put(one.get("_id"), one));
        return all;
    }

    private static void copy(String from, String to) {
        MongoDatabase source = Database.client().getDatabase(from);
        for (String name : source.listCollectionNames().into(new ArrayList<>())) {
            List<Document> all = source.getCollection(name).find().into(new ArrayList<>());
            if (!all.isEmpty() && !name.startsWith("system.")) {
                Database.client().getDatabase(to).getCollection(name).insertMany(all);
            }
        }
    }
}
