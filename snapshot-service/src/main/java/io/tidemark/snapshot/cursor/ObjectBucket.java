package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Some objects, 36 bytes each: the number of the id with presence and whether it was met, and the hash. They are in order, so that one is
 * found by halving; of a million objects a bucket holds a thousand.
 */
final class ObjectBucket implements Bucket {

    private static final int HASH_BYTES = 32;
    private static final int NUMBER_SHIFT = 3;
    private static final int PRESENCE_SHIFT = 1;
    private static final int PRESENCE_MASK = 3;
    private static final int SEEN = 1;
    private static final int MARKS = (1 << NUMBER_SHIFT) - 1;
    private static final int ROOM = 4;
    private static final HexFormat HEX = HexFormat.of();

    private final IdNumbers ids;
    private int[] entries;
    private byte[] hashes;
    private int size;
    private boolean changed;

    ObjectBucket(IdNumbers ids, byte[] stored) {
        this.ids = ids;
        int count = count(stored);
        this.entries = new int[count];
        this.hashes = new byte[count * HASH_BYTES];
        long[] order = new long[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = at + 1 + PackedKey.idLength(stored, at + 1);
            order[i] = (long) ids.of(stored, at + 1, end) << Integer.SIZE | at;
            at = end + hashLength(stored[at]);
        }
        Arrays.sort(order);
        for (long each : order) {
            take(stored, (int) each, (int) (each >>> Integer.SIZE));
        }
    }

    private void take(byte[] stored, int at, int number) {
        entries[size] = number << NUMBER_SHIFT | stored[at] << PRESENCE_SHIFT;
        int hash = at + 1 + PackedKey.idLength(stored, at + 1);
        System.arraycopy(stored, hash, hashes, size * HASH_BYTES, hashLength(stored[at]));
        size++;
    }

    @Override
    public int find(byte[] key) {
        int number = ids.find(key, 0, key.length);
        return number < 0 ? -1 : position(number);
    }

    @Override
    public Presence presence(int at) {
        return Presence.of(entries[at] >> PRESENCE_SHIFT & PRESENCE_MASK);
    }

    @Override
    public @Nullable ContentHash hash(int at) {
        if (presence(at) != Presence.PRESENT) {
            return null;
        }
        return new ContentHash(HEX.formatHex(hashes, at * HASH_BYTES, (at + 1) * HASH_BYTES));
    }

    @Override
    public boolean hasHash(int at, ContentHash hash) {
        byte[] other = HEX.parseHex(hash.hex());
        return Arrays.equals(hashes, at * HASH_BYTES, (at + 1) * HASH_BYTES, other, 0, HASH_BYTES);
    }

    @Override
    public StateKey key(String type, int at) {
        return new StateKey(type, ids.id(number(at)));
    }

    @Override
    public boolean isSeen(int at) {
        return (entries[at] & SEEN) != 0;
    }

    @Override
    public void see(int at) {
        entries[at] |= SEEN;
    }

    @Override
    public void forgetSeen() {
        for (int at = 0; at < size; at++) {
            entries[at] &= ~SEEN;
        }
    }

    @Override
    public void forEach(IntConsumer position) {
        for (int at = 0; at < size; at++) {
            position.accept(at);
        }
    }

    @Override
    public int put(byte[] key, int found, Known known) {
        int at = found;
        if (found < 0) {
            int number = ids.of(key, 0, key.length);
            at = -position(number) - 1;
            insert(at, number << NUMBER_SHIFT);
        }
        int presence = known.presence().ordinal() << PRESENCE_SHIFT;
        entries[at] = entries[at] & ~(PRESENCE_MASK << PRESENCE_SHIFT) | presence;
        if (known.hash() != null) {
            System.arraycopy(HEX.parseHex(known.hash().hex()), 0, hashes, at * HASH_BYTES, HASH_BYTES);
        }
        changed = true;
        return at;
    }

    private void insert(int at, int entry) {
        if (size == entries.length) {
            int wider = size + Math.max(ROOM, size / 8);
            entries = Arrays.copyOf(entries, wider);
            hashes = Arrays.copyOf(hashes, wider * HASH_BYTES);
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        System.arraycopy(hashes, at * HASH_BYTES, hashes, (at + 1) * HASH_BYTES, (size - at) * HASH_BYTES);
        entries[at] = entry;
        size++;
    }

    @Override
    public void remove(int at) {
        int after = size - at - 1;
        System.arraycopy(entries, at + 1, entries, at, after);
        System.arraycopy(hashes, (at + 1) * HASH_BYTES, hashes, at * HASH_BYTES, after * HASH_BYTES);
        size--;
        changed = true;
    }

    @Override
    public boolean isChanged() {
        return changed;
    }

    @Override
    public void change() {
        changed = true;
    }

    @Override
    public void saved() {
        changed = false;
    }

    @Override
    public byte[] stored() {
        int length = 0;
        for (int at = 0; at < size; at++) {
            length += 1 + ids.length(number(at)) + hashLength(presence(at).ordinal());
        }
        byte[] stored = new byte[length];
        int to = 0;
        for (int at = 0; at < size; at++) {
            int presence = presence(at).ordinal();
            stored[to++] = (byte) presence;
            ids.write(number(at), stored, to);
            to += ids.length(number(at));
            System.arraycopy(hashes, at * HASH_BYTES, stored, to, hashLength(presence));
            to += hashLength(presence);
        }
        return stored;
    }

    /** Where the object is; if it is not there, one less than the negative of where it belongs. */
    private int position(int number) {
        int found = Arrays.binarySearch(entries, 0, size, number << NUMBER_SHIFT | MARKS);
        int last = found >= 0 ? found : -found - 2;
        return last >= 0 && number(last) == number ? last : -last - 2;
    }

    private int number(int at) {
        return entries[at] >>> NUMBER_SHIFT;
    }

    /** How many bytes the hash takes of an entry of that presence. */
    static int hashLength(int presence) {
        return presence == Presence.PRESENT.ordinal() ? HASH_BYTES : 0;
    }

    private static int count(byte[] stored) {
        int count = 0;
        int at = 0;
        while (at < stored.length) {
            at += 1 + PackedKey.idLength(stored, at + 1) + hashLength(stored[at]);
            count++;
        }
        return count;
    }
}
