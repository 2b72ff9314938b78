package io.tidemark.snapshot.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownTableTest {

    private static final int BUCKETS = 64;

    private final Map<Integer, byte[]> stored = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void remembersWhatAMapWouldThroughEverySave(long seed) {
        Random random = new Random(seed);
        String type = random.nextBoolean() ? "user" : "group.members";
        Map<StateKey, Known> expected = new TreeMap<>();
        SetDigest total = SetDigest.EMPTY;
        int size = random.nextBoolean() ? BUCKETS : 2;
        KnownTable table = table(type, total, size);
        List<StateKey> keys = keys(type, random);

        for (int step = 0; step < 600; step++) {
            StateKey key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    ContentHash hash = hash(key, random.nextInt(3));
                    table.present(key, hash);
                    expected.put(key, Known.present(hash));
                }
                case 3 -> {
                    table.forget(key);
                    expected.remove(key);
                }
                case 4 -> {
                    table.doubtful(key);
                    expected.put(key, Known.DOUBTFUL);
                }
                default -> {
                    table.changed(7, stored::putAll);
                    table = table(type, table.total(), size);
                }
            }
            assertThat(table.find(key)).isEqualTo(Optional.ofNullable(expected.get(key)));
        }

        for (Map.Entry<StateKey, Known> entry : expected.entrySet()) {
            assertThat(table.find(entry.getKey())).contains(entry.getValue());
            if (entry.getValue().isPresent()) {
                total = total.plus(entry.getKey(), entry.getValue().hash());
            }
        }
        assertThat(table.total()).isEqualTo(total);
        table.recount();
        assertThat(table.total()).isEqualTo(total);
        List<StateKey> all = new ArrayList<>();
        table.each(key -> true, all::addAll);
        assertThat(all).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasStoredInFewBucketsIsFoundInManyAndStoredThereWithTheNextChange(long seed) {
        Random random = new Random(seed);
        String type = List.of("user", "group.members", "user.manager").get(random.nextInt(3));
        KnownTable few = table(type, SetDigest.EMPTY, 4);
        List<StateKey> keys = keys(type, random);
        keys.forEach(key -> few.present(key, hash(key, 0)));
        few.softDeleted(keys.get(0));
        few.changed(7, stored::putAll);
        Map<Integer, byte[]> wide = new HashMap<>();
        Buckets.Earlier earlier = new Buckets.Earlier(4, source(stored));

        for (int round = 0; round < 5; round++) {
            KnownTable many = new KnownTable(type, 64, few.total(), new IdNumbers(), source(wide), earlier);
            List<StateKey> some = keys.subList(round, keys.size());
            some.forEach(key -> assertThat(many.find(key)).isEqualTo(few.find(key)));
            many.forget(keys.get(round));
            few.forget(keys.get(round));
            assertThat(many.find(keys.get(round))).isEmpty();
            many.changed(3, wide::putAll);
        }

        KnownTable many = new KnownTable(type, 64, few.total(), new IdNumbers(), source(wide), Buckets.Earlier.NEVER);
        many.recount();
        assertThat(many.total()).as("nothing is read from the few any more").isEqualTo(few.total());
        keys.forEach(key -> assertThat(many.find(key)).isEqualTo(few.find(key)));
    }

    @Test
    void whatWasNotMetIsUnseen() {
        KnownTable table = table("user", SetDigest.EMPTY);
        List<StateKey> keys = keys("user", new Random(1));
        keys.forEach(key -> table.present(key, hash(key, 0)));
        table.forgetSeen();

        keys.subList(0, 10).forEach(table::see);
        table.present(keys.get(0), hash(keys.get(0), 1));

        List<StateKey> unseen = new ArrayList<>();
        table.eachUnseen(unseen::addAll);
        assertThat(unseen).containsExactlyInAnyOrderElementsOf(keys.subList(10, keys.size()));
        assertThat(table.isSeen(keys.get(0))).isTrue();
    }

    @Test
    void marksAreNotStored() {
        KnownTable table = table("user", SetDigest.EMPTY);
        StateKey key = keys("user", new Random(1)).get(0);
        table.present(key, hash(key, 0));
        table.see(key);

        table.changed(7, stored::putAll);

        assertThat(table("user", table.total()).isSeen(key)).isFalse();
    }

    @Test
    void theLinksOfOneSourceAreFoundAmongManyOthers() {
        KnownTable table = table("group.members", SetDigest.EMPTY);
        String group = guid(new Random(3));
        List<Link> links = new ArrayList<>();
        Random random = new Random(4);
        for (int i = 0; i < 300; i++) {
            Link link = Link.of(LinkKind.GROUP_MEMBERS, i % 3 == 0 ? group : guid(random), guid(random));
            table.present(link.key(), Canonicaliser.hash(link));
            if (i % 3 == 0) {
                links.add(link);
            }
        }

        assertThat(table.linksOf(new ObjectId(group))).containsExactlyInAnyOrderElementsOf(links);
    }

    @Test
    void everyIdKeepsANumberOfItsOwn() {
        IdNumbers ids = new IdNumbers();
        Random random = new Random(5);
        Map<Integer, String> numbered = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String id = i % 50 == 0 ? "x".repeat(random.nextInt(250)) + i : id(random);
            byte[] packed = PackedKey.packId(id);
            int number = ids.of(packed, 0, packed.length);
            assertThat(numbered.put(number, id)).isIn(null, id);
            assertThat(number).isBetween(0, IdNumbers.LIMIT - 1);
        }

        numbered.forEach((number, id) -> {
            byte[] packed = PackedKey.packId(id);
            assertThat(ids.find(packed, 0, packed.length)).isEqualTo(number);
            assertThat(ids.id(number)).isEqualTo(id);
            assertThat(ids.length(number)).isEqualTo(packed.length);
        });
        byte[] other = PackedKey.packId("never met");
        assertThat(ids.find(other, 0, other.length)).isNegative();
    }

    @Test
    void whatWasCountedSinceNothingWasKnownIsRightWithoutARecountAndWhatWasLostIsCounted() {
        List<StateKey> keys = keys("user", new Random(6));
        KnownTable table = table("user", SetDigest.EMPTY);
        SetDigest total = SetDigest.EMPTY;
        for (StateKey key : keys) {
            table.present(key, hash(key, 0));
            total = total.plus(key, hash(key, 0));
        }
        table.recount();
        assertThat(table.total()).isEqualTo(total);

        table.changed(7, stored::putAll);
        KnownTable wronglyCounted = table("user", SetDigest.EMPTY);
        wronglyCounted.recount();
        assertThat(wronglyCounted.total()).isEqualTo(total);

        stored.clear();
        KnownTable lost = table("user", total);
        lost.recount();
        assertThat(lost.total()).isEqualTo(SetDigest.EMPTY);
    }

    private KnownTable table(String type, SetDigest total) {
        return table(type, total, BUCKETS);
    }

    private KnownTable table(String type, SetDigest total, int size) {
        return new KnownTable(type, size, total, new IdNumbers(), source(stored), Buckets.Earlier.NEVER);
    }

    private static Buckets.Source source(Map<Integer, byte[]> stored) {
        return numbers -> {
            Map<Integer, byte[]> found = new HashMap<>();
            numbers.stream()
                    .filter(stored::containsKey)
                    .forEach(number -> found.put(number, stored.get(number).clone()));
            return found;
        };
    }

    private static List<StateKey> keys(String type, Random random) {
        List<StateKey> keys = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            keys.add(new StateKey(type, type.equals("user") ? id(random) : id(random) + "~" + id(random)));
        }
        return keys;
    }

    private static ContentHash hash(StateKey key, int version) {
        return key.isLink()
                ? Canonicaliser.hash(Link.parse(key))
                : ContentHash.of((key.text() + version).getBytes(StandardCharsets.UTF_8));
    }

    /** Mostly GUIDs, but also upper-case GUIDs and opaque text, which must come back letter by letter. */
    private static String id(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> guid(random).toUpperCase(Locale.ROOT);
            case 1 -> "lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9SGHI-" + random.nextInt(1_000_000);
            default -> guid(random);
        };
    }

    private static String guid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
