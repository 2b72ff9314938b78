package io.tidemark.snapshot.cursor;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
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
 * What is known of every key of one type, in packed buckets that are loaded when they are needed. A million objects take some 50 MB, a
 * million links some 35 MB.
 */
public final class KnownTable {

    /** How buckets are read from the store. */
    @FunctionalInterface
    interface Source {
        Map<Integer, byte[]> load(Collection<Integer> numbers);
    }

    /** How many buckets hold the links of one source, so that its links can be found without loading all. */
    private static final int SPREAD = 32;

    private static final int LOADED_AT_ONCE = 128;

    private final String type;
    private final boolean links;
    private final boolean single;
    private final Source source;
    private final @Nullable Bucket[] buckets;
    private SetDigest total;

    KnownTable(String type, int size, SetDigest total, Source source) {
        this.type = type;
        this.links = type.indexOf('.') >= 0;
        this.single = links && LinkKind.parse(type).arity() == LinkKind.Arity.ONE;
        this.source = source;
        this.buckets = new Bucket[size];
        this.total = total;
    }

    /** What is known of the key; empty if nothing was ever published or it was last published as gone for good. */
    public Optional<Known> find(StateKey key) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        int at = bucket.find(packed);
        return at < 0 ? Optional.empty() : Optional.of(known(bucket, at));
    }

    /** Remembers that the key was published as present. */
    public void present(StateKey key, ContentHash hash) {
        put(key, Known.present(hash));
    }

    /** Remembers that the key was published as being in the recycle bin. */
    public void softDeleted(StateKey key) {
        put(key, Known.SOFT_DELETED);
    }

    /** Remembers that the object is in the recycle bin though nothing was published of it. */
    public void neverSeen(StateKey key) {
        put(key, Known.NEVER_SEEN);
    }

    /** Remembers that it is not known what was published of the key. */
    void doubtful(StateKey key) {
        put(key, Known.DOUBTFUL);
    }

    /** Remembers nothing of the key. */
    public void forget(StateKey key) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        int at = bucket.find(packed);
        if (at >= 0) {
            takeOut(key, bucket, at);
            bucket.remove(at);
        }
    }

    /** Marks the key, if it is known, as met in this reading. */
    public void see(StateKey key) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        int at = bucket.find(packed);
        if (at >= 0) {
            bucket.see(at);
        }
    }

    /** Whether the key was met in this reading, or in an earlier one of the same capture. */
    public boolean isSeen(StateKey key) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        int at = bucket.find(packed);
        return at >= 0 && bucket.isSeen(at);
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

    /** The keys that fit of what is present. */
    public List<StateKey> present(Predicate<StateKey> wanted) {
        List<StateKey> keys = new ArrayList<>();
        each(wanted, keys::addAll);
        keys.removeIf(key -> find(key).filter(Known::isPresent).isEmpty());
        return keys;
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
            bucket(number).forEach((bucket, at) -> {
                Link link = Link.parse(bucket.key(type, at));
                if (link.source().equals(from)) {
                    found.add(link);
                }
            });
        }
        return found;
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
        return total;
    }

    /** Counts what is present anew. */
    public void recount() {
        loadAll();
        SetDigest[] counted = {SetDigest.EMPTY};
        for (Bucket one : buckets) {
            if (one != null) {
                one.forEach((bucket, at) -> {
                    if (bucket.presence(at) == Known.Presence.PRESENT) {
                        StateKey key = bucket.key(type, at);
                        counted[0] = counted[0].plus(key, links ? linkHash(key) : bucket.hash(at));
                    }
                });
            }
        }
        total = counted[0];
    }

    /** What has changed since it was last saved, by number of bucket. */
    Map<Integer, byte[]> changed() {
        Map<Integer, byte[]> changed = new LinkedHashMap<>();
        for (int i = 0; i < buckets.length; i++) {
            Bucket bucket = buckets[i];
            if (bucket != null && bucket.isChanged()) {
                changed.put(i, bucket.stored());
            }
        }
        return changed;
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
        for (int i = 0; i < buckets.length; i++) {
            List<StateKey> keys = new ArrayList<>();
            bucket(i).forEach((bucket, at) -> {
                if (wanted.test(bucket, at)) {
                    keys.add(bucket.key(type, at));
                }
            });
            if (!keys.isEmpty()) {
                batch.accept(keys);
            }
        }
    }

    private void put(StateKey key, Known known) {
        byte[] packed = PackedKey.pack(key);
        Bucket bucket = bucket(number(packed));
        int at = bucket.find(packed);
        if (at >= 0) {
            takeOut(key, bucket, at);
        }
        bucket.put(packed, known);
        if (known.hash() != null) {
            total = total.plus(key, known.hash());
        }
    }

    private void takeOut(StateKey key, Bucket bucket, int at) {
        ContentHash hash = known(bucket, at).hash();
        if (hash != null) {
            total = total.minus(key, hash);
        }
    }

    private Known known(Bucket bucket, int at) {
        return switch (bucket.presence(at)) {
            case PRESENT -> Known.present(links ? linkHash(bucket.key(type, at)) : bucket.hash(at));
            case SOFT_DELETED -> Known.SOFT_DELETED;
            case NEVER_SEEN -> Known.NEVER_SEEN;
            case DOUBTFUL -> Known.DOUBTFUL;
        };
    }

    private static ContentHash linkHash(StateKey key) {
        return Canonicaliser.hash(Link.parse(key));
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
        List<Integer> numbers = new ArrayList<>(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            numbers.add(i);
        }
        load(numbers);
    }

    private void load(Collection<Integer> numbers) {
        BitSet missing = new BitSet(buckets.length);
        for (int number : numbers) {
            if (buckets[number] == null) {
                missing.set(number);
            }
        }
        List<Integer> batch = new ArrayList<>();
        for (int number = missing.nextSetBit(0); number >= 0; number = missing.nextSetBit(number + 1)) {
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
            buckets[number] = new Bucket(links, stored.getOrDefault(number, new byte[0]));
        }
    }
}
