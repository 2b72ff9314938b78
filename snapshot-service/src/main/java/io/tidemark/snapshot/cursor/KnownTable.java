package io.tidemark.snapshot.cursor;

import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.canonical.SetSum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is known of every key of one type, in packed buckets that are loaded when they are needed. A million objects take some 38 MB, a
 * million links some 5 MB, besides their ids.
 */
public final class KnownTable {

    private final String type;
    private final Buckets buckets;
    private final boolean inherited;
    private SetSum total;

    /** A table whose links share the numbers of their ends with other tables. */
    KnownTable(String type, int size, SetDigest total, IdNumbers ids, Buckets.Source source, Buckets.Earlier earlier) {
        this.type = type;
        this.buckets = new Buckets(type, size, total.count(), ids, source, earlier);
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
        buckets.forEach(Bucket::forgetSeen);
    }

    /** Hands on what was not met since {@link #forgetSeen()}, in batches; the consumer may change the table. */
    public void eachUnseen(Consumer<List<StateKey>> batch) {
        buckets.each((bucket, at) -> !bucket.isSeen(at), batch);
    }

    /** Hands on the keys that fit, in batches; the consumer may change the table. */
    public void each(Predicate<StateKey> wanted, Consumer<List<StateKey>> batch) {
        buckets.each((bucket, at) -> wanted.test(bucket.key(type, at)), batch);
    }

    /** Hands on the keys that fit of what is present, in batches; the consumer may change the table. */
    public void eachPresent(Predicate<StateKey> wanted, Consumer<List<StateKey>> batch) {
        buckets.each(
                (bucket, at) -> bucket.presence(at) == Known.Presence.PRESENT && wanted.test(bucket.key(type, at)),
                batch);
    }

    /** The known links of one source. */
    public List<Link> linksOf(ObjectId from) {
        List<Link> found = new ArrayList<>();
        buckets.eachOf(from, key -> found.add(Link.parse(key)));
        return found;
    }

    /** Whether nothing of it need be loaded any more. */
    public boolean isLoaded() {
        return buckets.isLoaded();
    }

    /** Loads what is needed for these keys in one go. */
    public void prefetch(Collection<StateKey> keys) {
        buckets.prefetch(keys);
    }

    /** Count and digest of what is present. */
    public SetDigest total() {
        return total.digest();
    }

    /** Counts what is present anew, unless all of it was counted since nothing was known: hashing a million links takes seconds. */
    public void recount() {
        buckets.loadAll();
        if (inherited || buckets.wasStored()) {
            SetSum counted = new SetSum();
            buckets.forEach(bucket -> count(bucket, counted));
            total = counted;
        }
    }

    private void count(Bucket bucket, SetSum counted) {
        bucket.forEach(at -> {
            if (bucket.presence(at) == Known.Presence.PRESENT) {
                StateKey key = bucket.key(type, at);
                counted.add(key, hash(bucket, at, key));
            }
        });
    }

    /** Hands on what has changed since it was last saved, by number of bucket, some buckets at a time. */
    void changed(int atOnce, Consumer<Map<Integer, byte[]>> batch) {
        buckets.changed(atOnce, batch);
    }

    void saved() {
        buckets.saved();
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
        Bucket bucket = buckets.of(packed);
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
}
