package io.tidemark.snapshot.cursor;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.canonical.SetSum;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every key of one type, in packed buckets that are loaded when they are needed. A million objects take some 38 MB, a
 * million links some 9 MB, besides their ids.
 */
public final class KnownTable {

    /** How buckets are read from the store. */
    @FunctionalInterface
    interface Source {
        Map<Integer, byte[]> load(Collection<Integer> numbers);
    }

    /** How many buckets hold the links of one source, so that its links can be found without loading all. */
    private static final int SPREAD = 32;

    private static final int LOADED_AT_ONCE = 32;

    /** So many keys, and those of one bucket more, are in memory besides the table. */
    private static final int HANDED_ON_AT_ONCE = 1000;

    private final String type;
    private final boolean links;
    private final boolean single;
    private final IdNumbers ids;
    private final Source source;
    private final @Nullable Bucket[] buckets;
    private int missing;
    private SetSum total;
    private boolean inherited;

    /** A table whose links share the numbers of their ends with other tables. */
    KnownTable(String type, int size, SetDigest total, IdNumbers ids, Source source) {
        this.type = type;
        this.links = type.indexOf('.') >= 0;
        this.single = links && LinkKind.parse(type).arity() == LinkKind.Arity.ONE;
        this.ids = ids;
        this.source = source;
        this.buckets = new Bucket[size];
        this.missing = size;
        this.total = SetSum.from(total);
        this.inherited = !total.equals(SetDigest.EMPTY);
    }

    /** What is known of the key; empty if nothing was ever published or it was last published as gone for good. */
    public Optional<Known> find(StateKey key) {
        Place place = place(key);
        return place.isTaken() ? Optional.of(known(place.bucket(), place.at())) : Optional.empty();
    }

    /** As {@link Known#isSoftDeleted()} of what is known of the key. */
    public boolean isSoftDeleted(StateKey key) {
        Place place = place(key);
        return place.isTaken() && place.bucket().presence(place.at()).isSoftDeleted();
    }

    /** As {@link Known#isPresent()} of what is known of the key. */
    public boolean isPresent(StateKey key) {
        return place(key).isPresent();
    }

    /** Remembers that the key was published as present. */
    public void present(StateKey key, ContentHash hash) {
        put(key, Known.present(hash));
    }

    /** As {@link #present}, and marks the key as met in this reading. Says whether exactly that was known before. */
    public boolean meet(StateKey key, ContentHash hash) {
        Place place = place(key);
        boolean same = place.isPresent() && place.bucket().hasHash(place.at(), hash);
        place.bucket().see(same ? place.at() : put(key, place, Known.present(hash)));
        return same;
    }

    /** Remembers that the key was published as being in the recycle bin. */
    public void softDeleted(StateKey key) {
        put(key, Known.SOFT_DELETED);
    }

    /** Remembers that the object is in the recycle bin though nothing was published of it. */
    public void neverSeen(StateKey key) {
        put(key, Known.NEVER_SEEN);
    }

    /** Remembers that it is not known what was published of the key: whatever is read of it is published again. */
    public void doubtful(StateKey key) {
        put(key, Known.DOUBTFUL);
    }

    /** Remembers nothing of the key. */
    public void forget(StateKey key) {
        Place place = place(key);
        if (place.isTaken()) {
            takeOut(key, place);
            place.bucket().remove(place.at());
        }
    }

    /** As {@link #meet} for a link, whose key says all: gives its hash, or nothing if exactly that was known before. */
    public Optional<ContentHash> meetLink(StateKey key) {
        Place place = place(key);
        if (place.isPresent()) {
            place.bucket().see(place.at());
            return Optional.empty();
        }
        ContentHash hash = Canonicaliser.linkHash(key);
        place.bucket().see(put(key, place, Known.present(hash)));
        return Optional.of(hash);
    }

    /** Marks the key, if it is known, as met in this reading. */
    public void see(StateKey key) {
        Place place = place(key);
        if (place.isTaken()) {
            place.bucket().see(place.at());
        }
    }

    /** Whether the key was met in this reading, or in an earlier one of the same capture. */
    public boolean isSeen(StateKey key) {
        Place place = place(key);
        return place.isTaken() && place.bucket().isSeen(place.at());
    }

    /** Begins a reading of everything: nothing is marked as met. */
    public void forgetSeen() {
        loadAll();
        for (Bucket bucket : buckets) {
            if (bucket != null) {
                bucket.forgetSeen();
            }
        }
    }

    /** Hands on what was not met since {@link #forgetSeen()}, in batches; the consumer may change the table. */
    public void eachUnseen(Consumer<List<StateKey>> batch) {
        each((bucket, at) -> !bucket.isSeen(at), batch);
    }

    /** Hands on the keys that fit, in batches; the consumer may change the table. */
    public void each(Predicate<StateKey> wanted, Consumer<List<StateKey>> batch) {
        each((bucket, at) -> wanted.test(bucket.key(type, at)), batch);
    }

    /** Hands on the keys that fit of what is present, in batches; the consumer may change the table. */
    public void eachPresent(Predicate<StateKey> wanted, Consumer<List<StateKey>> batch) {
        each((bucket, at) -> bucket.presence(at) == Known.Presence.PRESENT && wanted.test(bucket.key(type, at)), batch);
    }

    /** The known links of one source. */
    public List<Link> linksOf(ObjectId from) {
        byte[] packed = PackedKey.packId(from.value());
        int first = PackedKey.spread(packed, 0, packed.length);
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < (single ? 1 : SPREAD); i++) {
            numbers.add(first + i & buckets.length - 1);
        }
        load(numbers);
        List<Link> found = new ArrayList<>();
        for (int number : numbers) {
            if (bucket(number) instanceof LinkBucket bucket) {
                bucket.forEachOf(packed, at -> found.add(Link.parse(bucket.key(type, at))));
            }
        }
        return found;
    }

    /** Whether nothing of it need be loaded any more. */
    public boolean isLoaded() {
        return missing == 0;
    }

    /** Loads what is needed for these keys in one go. */
    public void prefetch(Collection<StateKey> keys) {
        Set<Integer> numbers = new TreeSet<>();
        for (StateKey key : keys) {
            numbers.add(number(PackedKey.pack(key)));
        }
        load(numbers);
    }

    /** Count and digest of what is present. */
    public SetDigest total() {
        return total.digest();
    }

    /** Counts what is present anew, unless all of it was counted since nothing was known: hashing a million links takes seconds. */
    public void recount() {
        loadAll();
        if (!inherited) {
            return;
        }
        SetSum counted = new SetSum();
        for (Bucket bucket : buckets) {
            if (bucket != null) {
                bucket.forEach(at -> {
                    if (bucket.presence(at) == Known.Presence.PRESENT) {
                        StateKey key = bucket.key(type, at);
                        counted.add(key, hash(bucket, at, key));
                    }
                });
            }
        }
        total = counted;
    }

    /** Hands on what has changed since it was last saved, by number of bucket, some buckets at a time. */
    void changed(int atOnce, Consumer<Map<Integer, byte[]>> batch) {
        Map<Integer, byte[]> changed = new LinkedHashMap<>();
        for (int i = 0; i < buckets.length; i++) {
            Bucket bucket = buckets[i];
            if (bucket != null && bucket.isChanged()) {
                changed.put(i, bucket.stored());
            }
            if (changed.size() == atOnce) {
                batch.accept(changed);
                changed = new LinkedHashMap<>();
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

    private interface Choice {
        boolean test(Bucket bucket, int at);
    }

    private void each(Choice wanted, Consumer<List<StateKey>> batch) {
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

    /** Where the entry of a key is, or would be put. */
    private record Place(byte[] packed, Bucket bucket, int at) {

        boolean isTaken() {
            return at >= 0;
        }

        boolean isPresent() {
            return isTaken() && bucket.presence(at) == Known.Presence.PRESENT;
        }
    }

    private Place place(StateKey key) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        return new Place(packed, bucket, bucket.find(packed));
    }

    private void put(StateKey key, Known known) {
        int unused = put(key, place(key), known);
    }

    private int put(StateKey key, Place place, Known known) {
        takeOut(key, place);
        if (known.hash() != null) {
            total.add(key, known.hash());
        }
        return place.bucket().put(place.packed(), place.at(), known);
    }

    private void takeOut(StateKey key, Place place) {
        if (place.isPresent()) {
            total.remove(key, hash(place.bucket(), place.at(), key));
        }
    }

    private Known known(Bucket bucket, int at) {
        return switch (bucket.presence(at)) {
            case PRESENT -> Known.present(hash(bucket, at, bucket.key(type, at)));
            case SOFT_DELETED -> Known.SOFT_DELETED;
            case NEVER_SEEN -> Known.NEVER_SEEN;
            case DOUBTFUL -> Known.DOUBTFUL;
        };
    }

    /** The hash of what is present. */
    private static ContentHash hash(Bucket bucket, int at, StateKey key) {
        ContentHash stored = bucket.hash(at);
        return stored == null ? Canonicaliser.linkHash(key) : stored;
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

    private void loadAll() {
        if (isLoaded()) {
            return;
        }
        List<Integer> numbers = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            numbers.add(i);
        }
        load(numbers);
    }

    private void load(Collection<Integer> numbers) {
        BitSet wanted = new BitSet(buckets.length);
        for (int number : numbers) {
            if (buckets[number] == null) {
                wanted.set(number);
            }
        }
        List<Integer> batch = new ArrayList<>();
        for (int number = wanted.nextSetBit(0); number >= 0; number = wanted.nextSetBit(number + 1)) {
            batch.add(number);
            if (batch.size() == LOADED_AT_ONCE) {
                fill(batch);
                batch.clear();
            }
        }
        fill(batch);
    }

    private void fill(List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        Map<Integer, byte[]> stored = source.load(List.copyOf(numbers));
        for (int number : numbers) {
            byte[] bytes = stored.getOrDefault(number, new byte[0]);
            inherited |= bytes.length > 0;
            buckets[number] = links ? new LinkBucket(ids, bytes) : new ObjectBucket(ids, bytes);
            missing--;
        }
    }
}
