package io.tidemark.diff.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoChangeStoreIT {

    private static final Instant T0 = SampleStates.START;
    private static final StateKey USER = new StateKey("user", "u1");

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates events = new SampleStates(tenant);
    private final ChangeStore store = new MongoChangeStore(Database.client(), Database.fresh());

    @Test
    void anEventIsKeptOnceAndInOrderOfTimeHoweverItComes() {
        List<ChangeRecorded> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(events.change("a" + i, Operation.UPDATE, USER, T0.plusSeconds(i), List.of()));
        }
        List<ChangeRecorded> shuffled = new ArrayList<>(sent);
        Collections.shuffle(shuffled, new Random(1));

        store.add(tenant, shuffled.subList(0, 30));
        store.add(tenant, shuffled.subList(10, 50));
        store.add(tenant, shuffled);

        assertThat(store.find(tenant, List.of(USER), T0.minusSeconds(1), T0.plusSeconds(100))
                        .get(USER))
                .isEqualTo(sent);
        assertThat(store.find(tenant, List.of(USER), T0.plusSeconds(9), T0.plusSeconds(11))
                        .get(USER))
                .extracting(ChangeRecorded::auditId)
                .containsExactly("a10", "a11");
    }

    /** A policy that is edited every few minutes, with its whole text in each event. */
    @Test
    void eventsThatAreLongDoNotOutgrowTheirDocumentAndTheNewestStay() {
        JsonString text = new JsonString("x".repeat(400_000));
        for (int i = 0; i < 60; i++) {
            store.add(
                    tenant,
                    List.of(events.change(
                            "a" + i,
                            Operation.UPDATE,
                            USER,
                            T0.plusSeconds(i),
                            List.of(),
                            new LoggedProperty("detail", null, text, text))));
        }

        assertThat(store.find(tenant, List.of(USER), T0.minusSeconds(1), T0.plusSeconds(100))
                        .get(USER))
                .extracting(ChangeRecorded::auditId)
                .isNotEmpty()
                .endsWith("a58", "a59")
                .hasSizeLessThan(60);
    }

    @Test
    void aMembershipIsFoundUnderItsLinkAndAManagerUnderItsUser() {
        StateKey group = new StateKey("group", "g1");
        StateKey member = new StateKey("group.members", "g1~u1");
        store.add(
                tenant,
                List.of(
                        events.change("a1", Operation.UNLINK, group, T0, List.of(new Related("member", "user", "u1"))),
                        events.change("a2", Operation.LINK, USER, T0, List.of(new Related("manager", "user", "m1")))));

        var found = store.find(tenant, List.of(group, member, USER), T0.minusSeconds(1), T0);

        assertThat(found).containsOnlyKeys(member, USER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"N/A", "two words", "a|b", "u1~u2", ""})
    void anEventOfALinkThatEndsAtWhatIsNoIdIsFiledUnderItsObject(String end) {
        StateKey group = new StateKey("group", "g1");

        store.add(
                tenant,
                List.of(events.change("a1", Operation.LINK, group, T0, List.of(new Related("member", "user", end)))));

        assertThat(store.find(tenant, List.of(group), T0.minusSeconds(1), T0)).containsOnlyKeys(group);
    }

    @Test
    void whatHappenedWithinASpanIsShownKeyByKeyHoweverManyThereAre() {
        Random random = new Random(7);
        Map<String, List<String>> expected = new TreeMap<>();
        List<ChangeRecorded> all = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            StateKey key = new StateKey("user", "u" + random.nextInt(1200));
            Instant at = T0.plusMillis(random.nextInt(3000));
            all.add(events.change("a" + i, Operation.UPDATE, key, at, List.of()));
            if (!at.isBefore(T0.plusMillis(1000)) && !at.isAfter(T0.plusMillis(2000))) {
                expected.computeIfAbsent(key.text(), first -> new ArrayList<>()).add("a" + i);
            }
        }
        store.add(tenant, all);
        store.add(new TenantId(UUID.randomUUID()), all);

        Map<String, List<String>> shown = new LinkedHashMap<>();
        StateKey[] last = new StateKey[1];
        int before;
        do {
            before = shown.size();
            int limit = before + 100;
            store.eachWithin(tenant, T0.plusMillis(1000), T0.plusMillis(2000), last[0], (key, about) -> {
                shown.put(
                        key.text(),
                        about.stream().map(ChangeRecorded::auditId).sorted().toList());
                last[0] = key;
                return shown.size() < limit;
            });
        } while (shown.size() > before);

        assertThat(List.copyOf(shown.keySet())).isEqualTo(List.copyOf(expected.keySet()));
        expected.values().forEach(Collections::sort);
        assertThat(shown).isEqualTo(expected);
    }
}
