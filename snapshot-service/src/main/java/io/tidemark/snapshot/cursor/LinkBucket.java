package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Some links, eight bytes each: the numbers of source and target, the presence, and whether it was met. They are in order, so that one is
 * found by halving and those of one source stand together.
 */
final class LinkBucket implements Bucket {

    private static final int SOURCE_SHIFT = 33;
    private static final int TARGET_SHIFT = 3;
    private static final int PRESENCE_SHIFT = 1;
    private static final int PRESENCE_MASK = 3;
    private static final int SEEN = 1;
    private static final int NUMBER_MASK = (1 << SOURCE_SHIFT - TARGET_SHIFT) - 1;
    private static final int ROOM = 16;

    private final IdNumbers ids;
    private long[] entries;
    private int size;
    private boolean changed;

    LinkBucket(IdNumbers ids, byte[] stored) {
        this.ids = ids;
        this.entries = new long[count(stored)];
        int at = 0;
        while (at < stored.length) {
            Presence presence = Presence.of(stored[at]);
            int source = at + 1;
            int target = source + PackedKey.idLength(stored, source);
            at = target + PackedKey.idLength(stored, target);
            entries[size++] = ends(ids.of(stored, source, target), ids.of(stored, target, at))
                    | (long) presence.ordinal() << PRESENCE_SHIFT;
        }
        Arrays.sort(entries);
    }

    @Override
    public int find(byte[] packed) {
        int target = PackedKey.idLength(packed, 0);
        int from = ids.find(packed, 0, target);
        int to = ids.find(packed, target, packed.length);
        return from < 0 || to < 0 ? -1 : position(ends(from, to));
    }

    @Override
    public void forEach(IntConsumer position) {
        for (int at = 0; at < size; at++) {
            position.accept(at);
        }
    }

    /** Calls the consumer with the position of every link of one source. */
    void forEachOf(byte[] packedSource, IntConsumer position) {
        int source = ids.find(packedSource, 0, packedSource.length);
        if (source < 0) {
            return;
        }
        int first = position(ends(source, 0));
        for (int at = first < 0 ? -first - 1 : first; at < size && entries[at] >>> SOURCE_SHIFT == source; at++) {
            position.accept(at);
        }
    }

    @Override
    public StateKey key(String type, int at) {
        return new StateKey(type, ids.id(source(at)) + PackedKey.BETWEEN_ENDS + ids.id(target(at)));
    }

    @Override
    public Presence presence(int at) {
        return Presence.of((int) (entries[at] >>> PRESENCE_SHIFT) & PRESENCE_MASK);
    }

    @Override
    public @Nullable ContentHash hash(int at) {
        return null;
    }

    @Override
    public boolean hasHash(int at, ContentHash hash) {
        return true;
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
            entries[at] &= ~(long) SEEN;
        }
    }

    @Override
    public int put(byte[] packed, int found, Known known) {
        int target = PackedKey.idLength(packed, 0);
        long ends = ends(ids.of(packed, 0, target), ids.of(packed, target, packed.length));
        long presence = (long) known.presence().ordinal() << PRESENCE_SHIFT;
        changed = true;
        if (found >= 0) {
            entries[found] = ends | presence | entries[found] & SEEN;
            return found;
        }
        int at = -position(ends) - 1;
        insert(at, ends | presence);
        return at;
    }

    private void insert(int at, long entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + Math.max(ROOM, size / 8));
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        entries[at] = entry;
        size++;
    }

    @Override
    public void remove(int at) {
        System.arraycopy(entries, at + 1, entries, at, size - at - 1);
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
            length += 1 + ids.length(source(at)) + ids.length(target(at));
        }
        byte[] stored = new byte[length];
        int to = 0;
        for (int at = 0; at < size; at++) {
            stored[to++] = (byte) presence(at).ordinal();
            ids.write(source(at), stored, to);
            to += ids.length(source(at));
            ids.write(target(at), stored, to);
            to += ids.length(target(at));
        }
        return stored;
    }

    /** Where the link is; if it is not there, one less than the negative of where it belongs. */
    private int position(long ends) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long found = entries[middle] >>> TARGET_SHIFT;
            long wanted = ends >>> TARGET_SHIFT;
            if (found < wanted) {
                low = middle + 1;
            } else if (found > wanted) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    private int source(int at) {
        return (int) (entries[at] >>> SOURCE_SHIFT);
    }

    private int target(int at) {
        return (int) (entries[at] >>> TARGET_SHIFT) & NUMBER_MASK;
    }

    private static long ends(int source, int target) {
        return (long) source << SOURCE_SHIFT | (long) target << TARGET_SHIFT;
    }

    private static int count(byte[] stored) {
        int count = 0;
        int at = 0;
        while (at < stored.length) {
            at += 1 + PackedKey.idLength(stored, at + 1);
            at += PackedKey.idLength(stored, at);
            count++;
        }
        return count;
    }
}
