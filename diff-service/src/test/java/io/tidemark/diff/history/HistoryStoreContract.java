package io.tidemark.diff.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every history store promises. */
abstract class HistoryStoreContract {

    private static final Instant T0 = SampleStates.START;

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    abstract HistoryStore store();

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void deliveriesCutRepeatedAndReplayedInAnyWayGiveTheSameHistory(long seed) {
        List<ObjectState> sent = life(seed, 30, 12);
        HistoryStore once = store();
        once.apply(tenant, sent);
        HistoryStore often = store();
        Random random = new Random(seed);

        for (List<ObjectState> delivery : deliveries(sent, random)) {
            often.apply(tenant, delivery);
        }

        assertThat(everything(often)).isEqualTo(everything(once));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aKeyIsSupersededWithinASpanIfTwoOfItsVersionsBeginInIt(long seed) {
        List<ObjectState> sent = life(seed, 20, 10);
        HistoryStore store = store();
        store.apply(tenant, sent);
        Random random = new Random(seed);

        for (int probe = 0; probe < 20; probe++) {
            Instant from = T0.plusSeconds(random.nextInt(12) * 300L);
            Instant to = from.plusSeconds(random.nextInt(8) * 300L);
            List<StateKey> expected = new ArrayList<>();
            store.scan(tenant, known -> {
                if (known.marks().stream()
                                .filter(mark ->
                                        !mark.at().isBefore(from) && !mark.at().isAfter(to))
                                .count()
                        > 1) {
                    expected.add(known.key());
                }
            });
            assertThat(store.supersededWithin(tenant, from, to))
                    .as("seed %d from %s to %s", seed, from, to)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInstantShowsTheNewestStateUntilThen(long seed) {
        List<ObjectState> sent = life(seed, 20, 10);
        HistoryStore store = store();
        store.apply(tenant, sent);
        Random random = new Random(seed);

        for (int probe = 0; probe < 20; probe++) {
            Instant instant = T0.plusSeconds(random.nextInt(12) * 600L - 300L);
            Map<StateKey, String> expected = naive(sent, instant);
            Map<StateKey, String> shown = new TreeMap<>();
            for (Span span : new History(store).spans(tenant, keys(sent), instant, instant)) {
                Optional.ofNullable(span.before())
                        .filter(Version::isPresent)
                        .ifPresent(version -> shown.put(span.key(), JsonText.text(version.properties())));
            }
            assertThat(shown).as("seed %d at %s", seed, instant).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDifferencesBetweenTwoInstantsAreAmongTheChangedKeys(long seed) {
        List<ObjectState> sent = life(seed, 20, 10);
        HistoryStore store = store();
        store.apply(tenant, sent);
        Random random = new Random(seed);

        for (int probe = 0; probe < 10; probe++) {
            Instant from = T0.plusSeconds(random.nextInt(10) * 600L - 1);
            Instant to = from.plusSeconds(random.nextInt(4000));
            Map<StateKey, String> before = naive(sent, from);
            Map<StateKey, String> after = naive(sent, to);
            for (StateKey key : keys(sent)) {
                boolean differs = !Optional.ofNullable(before.get(key)).equals(Optional.ofNullable(after.get(key)));
                if (differs) {
                    assertThat(store.changedBetween(tenant, from, to)).contains(key);
                }
            }
        }
    }

    @Test
    void whatChangedIsFoundWithoutWhatDidNot() {
        HistoryStore store = store();
        states.capture("c1", T0);
        for (int i = 0; i < 40; i++) {
            states.user("u" + i, "Sales");
        }
        store.apply(tenant, states.published());
        states.capture("c2", T0.plusSeconds(20));
        states.user("u7", "Legal");
        store.apply(tenant, states.published());

        assertThat(store.changedBetween(tenant, T0.plusSeconds(1), History.NEWEST))
                .containsExactly(new StateKey("user", "u7"));
        assertThat(store.changedBetween(tenant, T0.minusSeconds(1), T0)).hasSize(40);
        assertThat(store.changedBetween(tenant, T0.plusSeconds(20), History.NEWEST))
                .isEmpty();
    }

    @Test
    void aBodyComesBackWithItsNumbersNullsAndUnknownProperties() {
        HistoryStore store = store();
        states.capture("c1", T0);
        String json =
                "{\"id\":\"g1\",\"amount\":2.50,\"big\":12345678901234567890.10,\"none\":null,\"list\":[],\"text\":\"\",\"@odata.type\":\"#x\",\"a.b\":{\"$c\":1}}";
        states.object(ObjectKind.GROUP, "g1", json);

        store.apply(tenant, states.published());

        StateKey key = new StateKey("group", "g1");
        assertThat(store.find(tenant, List.of(key)).get(key).current().body()).isEqualTo(json);
    }

    @Test
    void aSoftDeletionBecomesAHardOneAndBothAreKept() {
        HistoryStore store = store();
        StateKey key = new StateKey("user", "u1");
        states.capture("c1", T0);
        states.user("u1", "Sales");
        states.at(T0.plusSeconds(60)).delete(key, Deletion.SOFT);
        states.at(T0.plusSeconds(120)).delete(key, Deletion.HARD);
        states.at(T0.plusSeconds(180)).delete(key, Deletion.HARD);

        int applied = store.apply(tenant, states.published());

        KeyHistory history = store.find(tenant, List.of(key)).get(key);
        assertThat(applied).isEqualTo(3);
        assertThat(history.earlier()).extracting(Mark::deleted).containsExactly(null, Deletion.SOFT);
        assertThat(history.current().mark().deleted()).isEqualTo(Deletion.HARD);
    }

    @Test
    void everyInstantOfAKeyWithVeryManyVersionsShowsItsVersion() {
        HistoryStore store = store();
        StateKey key = new StateKey("user", "u1");
        StateKey other = new StateKey("user", "u10");
        int versions = 3 * KeyHistory.MOST_EARLIER;
        states.capture("c1", T0);
        for (int i = 0; i < versions; i++) {
            states.at(T0.plusSeconds(i)).user("u1", "D" + i);
            states.user("u10", "E" + i);
        }
        store.apply(tenant, states.published());
        History history = new History(store);

        for (int i : List.of(0, 1, 7, versions - KeyHistory.MOST_EARLIER - 2, versions - 2, versions - 1)) {
            Instant at = T0.plusSeconds(i).plusMillis(500);
            assertThat(history.spans(tenant, List.of(key, other), at, at))
                    .as("version %d", i)
                    .extracting(span ->
                            span.before().properties().findString("department").orElseThrow())
                    .containsExactlyInAnyOrder("D" + i, "E" + i);
        }
        assertThat(history.spans(tenant, List.of(key), T0.minusSeconds(1), T0.minusSeconds(1)))
                .singleElement()
                .satisfies(span -> assertThat(span.before()).isNull());
        KeyHistory known = history.find(tenant, key).orElseThrow();
        assertThat(known.earlier()).hasSize(KeyHistory.MOST_EARLIER);
        assertThat(store.marks(tenant, known, T0, History.NEWEST, 1000))
                .extracting(Mark::at)
                .isSorted()
                .hasSize(versions);
        assertThat(store.marks(tenant, known, T0.plusSeconds(3), T0.plusSeconds(5), 1000))
                .extracting(Mark::at)
                .containsExactly(T0.plusSeconds(3), T0.plusSeconds(4), T0.plusSeconds(5));
        assertThat(store.marks(tenant, known, T0, History.NEWEST, KeyHistory.MOST_EARLIER + 3))
                .extracting(Mark::at)
                .isSorted()
                .hasSize(KeyHistory.MOST_EARLIER + 3)
                .endsWith(T0.plusSeconds(versions - 1));
    }

    @Test
    void nanosecondsAreNotLost() {
        HistoryStore store = store();
        Instant at = T0.plusNanos(123_456_789);
        states.capture("c1", at);
        states.user("u1", "Sales");
        states.at(at.plusNanos(1)).user("u1", "Legal");

        store.apply(tenant, states.published());
        int again = store.apply(tenant, states.published());

        StateKey key = new StateKey("user", "u1");
        assertThat(again).isZero();
        assertThat(store.find(tenant, List.of(key))
                        .get(key)
                        .markAt(at)
                        .orElseThrow()
                        .at())
                .isEqualTo(at);
    }

    @Test
    void tenantsDoNotMix() {
        HistoryStore store = store();
        states.capture("c1", T0);
        states.user("u1", "Sales");
        store.apply(tenant, states.published());
        TenantId other = new TenantId(UUID.randomUUID());

        assertThat(store.find(other, keys(states.published()))).isEmpty();
        assertThat(store.changedBetween(other, Instant.EPOCH, History.NEWEST)).isEmpty();
        store.scan(other, marks -> {
            throw new AssertionError("another tenant's key was shown");
        });
    }

    /** Deliveries as a broker makes them: in order from a committed position on, which may be any earlier one, even the first. */
    private static List<List<ObjectState>> deliveries(List<ObjectState> sent, Random random) {
        List<List<ObjectState>> deliveries = new ArrayList<>();
        int next = 0;
        while (next < sent.size()) {
            int start = random.nextInt(3) == 0 ? random.nextInt(next + 1) : next;
            int end = Math.min(sent.size(), start + 1 + random.nextInt(60));
            deliveries.add(sent.subList(start, end));
            next = Math.max(next, end);
        }
        deliveries.add(sent);
        return deliveries;
    }

    private List<ObjectState> life(long seed, int objects, int captures) {
        Random random = new Random(seed);
        SampleStates world = new SampleStates(tenant);
        List<ObjectState> sent = new ArrayList<>();
        for (int c = 0; c < captures; c++) {
            world.capture("c" + c, T0.plusSeconds(c * 600L));
            List<Integer> ids = new ArrayList<>();
            for (int i = 0; i < objects; i++) {
                ids.add(i);
            }
            Collections.shuffle(ids, random);
            for (int id : ids.subList(0, random.nextInt(objects))) {
                step(world, random, id);
            }
            sent.addAll(world.published());
        }
        return sent;
    }

    private static void step(SampleStates world, Random random, int id) {
        switch (random.nextInt(5)) {
            case 0 -> world.delete(new StateKey("user", "u" + id), Deletion.SOFT);
            case 1 -> world.delete(new StateKey("user", "u" + id), Deletion.HARD);
            case 2 -> world.link(Link.of(LinkKind.GROUP_MEMBERS, "g" + id % 3, "u" + id), "user");
            default -> world.user("u" + id, random.nextInt(4) == 0 ? null : "D" + random.nextInt(3));
        }
    }

    private static List<StateKey> keys(List<ObjectState> sent) {
        return sent.stream().map(ObjectState::key).distinct().toList();
    }

    private static Map<StateKey, String> naive(List<ObjectState> sent, Instant instant) {
        Map<StateKey, String> shown = new TreeMap<>();
        for (ObjectState state : sent) {
            if (state.observedAt().isAfter(instant)) {
                continue;
            }
            if (state.deleted() == null) {
                shown.put(state.key(), JsonText.text(state.body()));
            } else {
                shown.remove(state.key());
            }
        }
        return shown;
    }

    private Map<String, Object> everything(HistoryStore store) {
        Map<StateKey, KeyHistory> known = new TreeMap<>();
        store.scan(
                tenant,
                marks -> known.put(
                        marks.key(), store.find(tenant, List.of(marks.key())).get(marks.key())));
        Map<VersionRef, Version> versions = new LinkedHashMap<>();
        known.forEach((key, history) -> history.earlier().forEach(mark -> {
            VersionRef ref = new VersionRef(key, mark.at());
            versions.put(ref, store.findVersions(tenant, List.of(ref)).get(ref));
        }));
        var report = MomentDiffer.differences(new History(store)
                .spans(tenant, known.keySet(), T0.plusSeconds(1500), T0.plusSeconds(5000)).stream()
                        .map(Span::pair)
                        .toList());
        return Map.of("histories", known, "versions", versions, "report", report);
    }
}
