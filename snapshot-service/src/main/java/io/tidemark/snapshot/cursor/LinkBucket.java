package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Some links, in some five bytes each: the numbers of source and target, the presence, and whether it was met. Those of one source stand
 * together, and what all in a bucket have in common stands so in their numbers that the gaps between them are small.
 */
final class LinkBucket implements Bucket {

    private static final int ID_BITS = Integer.numberOfTrailingZeros(IdNumbers.LIMIT);
    private static final long ID_MASK = IdNumbers.LIMIT - 1;
    private static final int MARK_BITS = 3;
    private static final int PRESENCE_SHIFT = 1;
    private static final int SEEN = 1;

    /** In so many lower bits the sources of one bucket differ little, and the targets of one source not at all. */
    private static final int SOURCE_COMMON = 10;

    private static final int TARGET_COMMON = 5;

    private final IdNumbers ids;
    private final MarkedNumbers links;
    private boolean changed;

    LinkBucket(IdNumbers ids, byte[] stored) {
        this.ids = ids;
        long[] sorted = new long[count(stored)];
        int size = 0;
        int at = 0;
        while (at < stored.length) {
            Presence presence = Presence.of(stored[at]);
            int source = at + 1;
            int target = source + PackedKey.idLength(stored, source);
            at = target + PackedKey.idLength(stored, target);
            long ends = ends(ids.of(stored, source, target), ids.of(stored, target, at));
            sorted[size++] = ends << MARK_BITS | marks(presence);
        }
        Arrays.sort(sorted);
        this.links = new MarkedNumbers(sorted);
    }

    @Override
    public int find(byte[] packed) {
        int target = PackedKey.idLength(packed, 0);
        int from = ids.find(packed, 0, target);
        int to = ids.find(packed, target, packed.length);
        return from < 0 || to < 0 ? -1 : links.find(ends(from, to));
    }

    @Override
    public void forEach(IntConsumer position) {
        links.forEach((at, ends, marks) -> position.accept(at));
    }

    /** Calls the consumer with the position of every link of one source. */
    void forEachOf(byte[] packedSource, IntConsumer position) {
        int source = ids.find(packedSource, 0, packedSource.length);
        if (source >= 0) {
            long first = ends(source, 0);
            links.forEach(first, first + IdNumbers.LIMIT, (at, ends, marks) -> position.accept(at));
        }
    }

    @Override
    public StateKey key(String type, int at) {
        long ends = links.number(at);
        return new StateKey(type, ids.id(source(ends)) + PackedKey.BETWEEN_ENDS + ids.id(target(ends)));
    }

    @Override
    public Presence presence(int at) {
        return presenceOf(links.marks(at));
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
        return (links.marks(at) & SEEN) != 0;
    }

    @Override
    public void see(int at) {
        links.mark(at, links.marks(at) | SEEN);
    }

    @Override
    public void forgetSeen() {
        links.forEach((at, ends, marks) -> links.mark(at, marks & ~SEEN));
    }

    @Override
    public int put(byte[] packed, int found, Known known) {
        int marks = marks(known.presence());
        changed = true;
        if (found >= 0) {
            links.mark(found, marks | links.marks(found) & SEEN);
            return found;
        }
        int target = PackedKey.idLength(packed, 0);
        return links.put(ends(ids.of(packed, 0, target), ids.of(packed, target, packed.length)), marks);
    }

    @Override
    public void remove(int at) {
        links.remove(at);
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
        int[] length = {0};
        links.forEach((at, ends, marks) -> length[0] += 1 + ids.length(source(ends)) + ids.length(target(ends)));
        byte[] stored = new byte[length[0]];
        int[] to = {0};
        links.forEach((at, ends, marks) -> {
            stored[to[0]++] = (byte) presenceOf(marks).ordinal();
            to[0] = write(source(ends), stored, to[0]);
            to[0] = write(target(ends), stored, to[0]);
        });
        return stored;
    }

    private int write(int number, byte[] into, int at) {
        ids.write(number, into, at);
        return at + ids.length(number);
    }

    private static int marks(Presence presence) {
        return presence.ordinal() << PRESENCE_SHIFT;
    }

    private static Presence presenceOf(int marks) {
        return Presence.of(marks >>> PRESENCE_SHIFT);
    }

    /** Both numbers in one; the lower bits of each, which vary least, stand before its others. */
    private static long ends(int source, int target) {
        return rotated(source, SOURCE_COMMON) << ID_BITS | rotated(target, TARGET_COMMON);
    }

    private static int source(long ends) {
        return (int) rotated(ends >>> ID_BITS, ID_BITS - SOURCE_COMMON);
    }

    private static int target(long ends) {
        return (int) rotated(ends & ID_MASK, ID_BITS - TARGET_COMMON);
    }

    /** The bits of a number turned to the right. */
    private static long rotated(long number, int by) {
        return number >>> by | number << ID_BITS - by & ID_MASK;
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
