package io.tidemark.snapshot.cursor;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one table, each loaded when it is needed first. Which key is in which is the same for ever, but for tables that were given more
 * buckets: what is not stored in as many is taken from the fewer that it was stored in before, and stored anew with the next change.
 */
final class Buckets {

    /** How buckets are read from the store. */
    @FunctionalInterface
    interface Source {
        Map<Integer, byte[]> load(Collection<Integer> numbers);
    }

    /** How many buckets hold the links of one source, so that its links can be found without loading all. */
    private static final int SPREAD = 32;

    /** So many entries are looked for at once: with their ids they take some five megabytes as they are stored. */
    private static final long ENTRIES_LOADED_AT_ONCE = 100_000L;

    private static final int LOADED_AT_LEAST = 32;

    /** So many bytes, and those of one bucket more, are stored at once, for the driver holds them several times over. */
    private static final int SAVED_BYTES_AT_ONCE = 1 << 20;

    /** So many keys, and those of one bucket more, are in memory besides the table. */
    private static final int HANDED_ON_AT_ONCE = 1000;

    private final String type;
    private final boolean links;
    private final boolean single;
    private final IdNumbers ids;
    private final Source source;
    private final Earlier earlier;
    private final @Nullable Bucket[] buckets;
    private final int atOnce;
    private int missing;
    private boolean storedAny;

    /**
     * Buckets that are not loaded yet.
     *
     * @param entries how many entries there are, as far as is known
     * @param earlier how the table was stored before it had so many
     */
    Buckets(String type, int size, long entries, IdNumbers ids, Source source, Earlier earlier) {
        this.type = type;
        this.links = type.indexOf('.') >= 0;
        this.single = links && LinkKind.parse(type).arity() == LinkKind.Arity.ONE;
        this.ids = ids;
        this.source = source;
        this.earlier = earlier;
        this.buckets = new Bucket[size];
        this.missing = size;
        this.atOnce =
                (int) Math.max(LOADED_AT_LEAST, Math.min(size, ENTRIES_LOADED_AT_ONCE * size / Math.max(1, entries)));
    }

    /**
     * Fewer buckets than now, a power of two as now.
     *
     * @param size how many; 1 if there were never fewer
     */
    record Earlier(int size, Source source) {

        static final Earlier NEVER = new Earlier(1, numbers -> Map.of());
    }

    /** A choice among entries. */
    @FunctionalInterface
    interface Choice {
        boolean test(Bucket bucket, int at);
    }

    /** The bucket of a packed key. */
    Bucket of(byte[] packed) {
        return bucket(number(packed));
    }

    /** Whether nothing need be loaded any more. */
    boolean isLoaded() {
        return missing == 0;
    }

    /** Whether anything that was loaded held something. */
    boolean wasStored() {
        return storedAny;
    }

    /** Calls the consumer with every bucket; all are loaded first. */
    void forEach(Consumer<Bucket> consumer) {
        loadAll();
        for (Bucket bucket : buckets) {
            if (bucket != null) {
                consumer.accept(bucket);
            }
        }
    }

    /** Hands on the keys of the entries that fit, in batches; the consumer may change the buckets. */
    void each(Choice wanted, Consumer<List<StateKey>> batch) {
        loadAll();
        List<StateKey> keys = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            Bucket bucket = bucket(i);
            List<StateKey> found = keys;
            bucket.forEach(at -> {
                if (wanted.test(bucket, at)) {
                    found.add(bucket.key(type, at));
                }
            });
            if (keys.size() >= HANDED_ON_AT_ONCE) {
                batch.accept(keys);
                keys = new ArrayList<>();
            }
        }
        if (!keys.isEmpty()) {
            batch.accept(keys);
        }
    }

    /** Calls the consumer with the key of every link of one source. */
    void eachOf(ObjectId from, Consumer<StateKey> link) {
        byte[] packed = PackedKey.packId(from.value());
        int first = PackedKey.spread(packed, 0, packed.length);
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < (single ? 1 : SPREAD); i++) {
            numbers.add(first + i & buckets.length - 1);
        }
        load(numbers);
        for (int number : numbers) {
            if (bucket(number) instanceof LinkBucket bucket) {
                bucket.forEachOf(packed, at -> link.accept(bucket.key(type, at)));
            }
        }
    }

    /** Loads what is needed for these keys in one go. */
    void prefetch(Collection<StateKey> keys) {
        Set<Integer> numbers = new TreeSet<>();
        for (StateKey key : keys) {
            numbers.add(number(PackedKey.pack(key)));
        }
        load(numbers);
    }

    /** Loads what is not loaded yet. */
    void loadAll() {
        if (isLoaded()) {
            return;
        }
        List<Integer> numbers = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            numbers.add(i);
        }
        load(numbers);
    }

    /** Hands on what has changed since it was last saved, by number of bucket, so many buckets at a time or fewer. */
    void changed(int atOnce, Consumer<Map<Integer, byte[]>> batch) {
        Map<Integer, byte[]> changed = new LinkedHashMap<>();
        int bytes = 0;
        for (int i = 0; i < buckets.length; i++) {
            Bucket bucket = buckets[i];
            if (bucket != null && bucket.isChanged()) {
                byte[] stored = bucket.stored();
                changed.put(i, stored);
                bytes += stored.length;
            }
            if (changed.size() == atOnce || bytes >= SAVED_BYTES_AT_ONCE) {
                batch.accept(changed);
                changed = new LinkedHashMap<>();
                bytes = 0;
            }
        }
        if (!changed.isEmpty()) {
            batch.accept(changed);
        }
    }

    void saved() {
        for (Bucket bucket : buckets) {
            if (bucket != null) {
                bucket.saved();
            }
        }
    }

    private int number(byte[] packed) {
        if (!links) {
            return PackedKey.spread(packed, 0, packed.length) & buckets.length - 1;
        }
        int end = PackedKey.idLength(packed, 0);
        int first = PackedKey.spread(packed, 0, end);
        int further = single ? 0 : PackedKey.spread(packed, end, packed.length) & SPREAD - 1;
        return first + further & buckets.length - 1;
    }

    private Bucket bucket(int number) {
        Bucket bucket = buckets[number];
        if (bucket == null) {
            load(Set.of(number));
            bucket = buckets[number];
        }
        if (bucket == null) {
            throw new IllegalStateException("bucket " + number + " of " + type + " could not be loaded");
        }
        return bucket;
    }

    private void load(Collection<Integer> numbers) {
        BitSet wanted = new BitSet(buckets.length);
        for (int number : numbers) {
            if (buckets[number] == null) {
                wanted.set(number);
            }
        }
        // Those that were one bucket before stand together, so that it is not loaded again for each.
        List<Integer> batch = new ArrayList<>();
        for (int before = 0; before < earlier.size(); before++) {
            for (int number = before; number < buckets.length; number += earlier.size()) {
                if (wanted.get(number)) {
                    batch.add(number);
                }
                if (batch.size() == atOnce) {
                    fill(batch);
                    batch.clear();
                }
            }
        }
        fill(batch);
    }

    private void fill(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        Map<Integer, byte[]> stored = new HashMap<>(source.load(List.copyOf(numbers)));
        Set<Integer> moved = takeFromEarlier(numbers, stored);
        for (int number : numbers) {
            byte[] bytes = stored.getOrDefault(number, new byte[0]);
            storedAny |= bytes.length > 0;
            Bucket bucket = links ? new LinkBucket(ids, bytes) : new ObjectBucket(ids, bytes);
            if (moved.contains(number)) {
                bucket.change();
            }
            buckets[number] = bucket;
            missing--;
        }
    }

    /** Takes what is not stored from the fewer buckets of before, and says what was. */
    private Set<Integer> takeFromEarlier(List<Integer> numbers, Map<Integer, byte[]> stored) {
        Set<Integer> absent = new HashSet<>(numbers);
        absent.removeAll(stored.keySet());
        if (earlier.size() == 1 || absent.isEmpty()) {
            return Set.of();
        }
        Set<Integer> before = new TreeSet<>();
        absent.forEach(number -> before.add(number & earlier.size() - 1));
        Set<Integer> moved = new HashSet<>();
        for (int number : before) {
            byte[] bytes = earlier.source().load(Set.of(number)).get(number);
            if (bytes != null) {
                absent.stream()
                        .filter(one -> (one & earlier.size() - 1) == number)
                        .forEach(moved::add);
                split(bytes, absent).forEach((one, entries) -> stored.put(one, entries.toByteArray()));
            }
        }
        return moved;
    }

    private Map<Integer, ByteArrayOutputStream> split(byte[] bytes, Set<Integer> wanted) {
        Map<Integer, ByteArrayOutputStream> split = new HashMap<>();
        int end;
        for (int at = 0; at < bytes.length; at = end) {
            int key = at + 1 + PackedKey.idLength(bytes, at + 1);
            if (links) {
                key += PackedKey.idLength(bytes, key);
            }
            end = links ? key : key + ObjectBucket.hashLength(bytes[at]);
            int number = number(Arrays.copyOfRange(bytes, at + 1, key));
            if (wanted.contains(number)) {
                split.computeIfAbsent(number, first -> new ByteArrayOutputStream())
                        .write(bytes, at, end - at);
            }
        }
        return split;
    }
}
