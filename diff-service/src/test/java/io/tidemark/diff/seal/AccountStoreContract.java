package io.tidemark.diff.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.diff.SampleStates;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every account store promises. */
abstract class AccountStoreContract {

    private final TenantId tenant = new TenantId(UUID.randomUUID());

    abstract AccountStore store();

    @Test
    void nothingIsStoredOfAnUnknownCapture() {
        assertThat(store().total(tenant, "c1")).isEmpty();
    }

    @Test
    void aRecordIsCountedOnceHoweverDeliveriesAreCut() {
        AccountStore store = store();
        List<Account.Entry> entries = entries(40);
        Random random = new Random(7);

        for (int delivery = 0; delivery < 30; delivery++) {
            int from = delivery == 0 ? 0 : random.nextInt(Math.min(40, delivery * 3));
            int to = Math.min(40, from + 1 + random.nextInt(10));
            if (from <= reached) {
                store.add(tenant, "c1", 3, entries.subList(from, to));
                reached = Math.max(reached, to);
            }
        }
        store.add(tenant, "c1", 3, entries.subList(Math.min(reached, 39), 40));
        store.add(tenant, "c1", 3, entries);

        assertThat(store.total(tenant, "c1")).isEqualTo(sum(entries));
    }

    private int reached;

    @Test
    void partitionsAddUpAndCapturesDoNotMix() {
        AccountStore store = store();
        List<Account.Entry> entries = entries(10);

        store.add(tenant, "c1", 0, entries.subList(0, 4));
        store.add(tenant, "c1", 1, entries.subList(4, 10));
        store.add(tenant, "c2", 1, entries.subList(0, 1));

        assertThat(store.total(tenant, "c1")).isEqualTo(sum(entries));
        assertThat(store.total(tenant, "c2")).isEqualTo(sum(entries.subList(0, 1)));
    }

    private List<Account.Entry> entries(int count) {
        SampleStates states = new SampleStates(tenant);
        List<Account.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var state = states.user("u" + i, "Sales");
            entries.add(new Account.Entry(100 + i, state.key(), i % 5 == 0 ? null : state.stateHash()));
        }
        return entries;
    }

    private static Map<String, SetDigest> sum(List<Account.Entry> entries) {
        SetDigest sum = SetDigest.EMPTY;
        ContentHash deleted = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));
        for (Account.Entry entry : entries) {
            sum = sum.plus(entry.key(), entry.hash() == null ? deleted : new ContentHash(entry.hash()));
        }
        return Map.of("user", sum);
    }
}
