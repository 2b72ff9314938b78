package io.tidemark.diff.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.diff.Database;
import io.tidemark.diff.seal.Account.Entry;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MongoAccountStoreIT extends AccountStoreContract {

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();

    @Override
    AccountStore store() {
        return new MongoAccountStore(Database.client(), Database.fresh());
    }

    @Test
    void whatAnotherReplicaHasWrittenMeanwhileIsCountedOnce() {
        AccountStore one = new MongoAccountStore(Database.client(), database);
        AccountStore other = new MongoAccountStore(Database.client(), database);
        List<Entry> entries = entries(40);

        one.add(tenant, "c1", 3, entries.subList(0, 10));
        other.add(tenant, "c1", 3, entries.subList(5, 20));
        one.add(tenant, "c1", 3, entries.subList(10, 15));
        one.add(tenant, "c1", 3, entries.subList(10, 30));
        other.add(tenant, "c1", 3, entries.subList(20, 25));
        other.add(tenant, "c1", 3, entries);

        assertThat(one.total(tenant, "c1")).isEqualTo(sum(entries)).isEqualTo(other.total(tenant, "c1"));
    }

    @Test
    void anAccountThatWasLostIsBegunAgain() {
        AccountStore store = new MongoAccountStore(Database.client(), database);
        List<Entry> entries = entries(20);
        store.add(tenant, "c1", 3, entries.subList(0, 10));
        Database.client().getDatabase(database).getCollection("accounts").drop();

        store.add(tenant, "c1", 3, entries.subList(0, 10));
        store.add(tenant, "c1", 3, entries.subList(10, 20));

        assertThat(store.total(tenant, "c1")).isEqualTo(sum(entries));
    }

    private static List<Entry> entries(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(100 + i, new StateKey("user", "u" + i), "0".repeat(64)));
        }
        return entries;
    }

    private static Map<String, SetDigest> sum(List<Entry> entries) {
        return new Account(-1, Map.of()).plus(entries).types();
    }
}
