package io.tidemark.snapshot.cursor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for ids, so that whatever is known takes the numbers of its ids. An id once numbered stays so; a million GUIDs take some 27 MB.
 * The ids stand in many small shards, each of which grows by itself: one table of all ids would be copied as a whole, and an array of
 * megabytes takes whole regions of a small heap.
 */
final class IdNumbers {

    /** Numbers are smaller than that, which leaves room for marks beside them. */
    static final int LIMIT = 1 << 26;

    private static final int SHARD_BITS = 10;
    private static final int SHARD_MASK = (1 << SHARD_BITS) - 1;

    private final @Nullable Shard[] shards = new Shard[1 << SHARD_BITS];

    /** The number of the packed id that stands there; negative if it has none. */
    int find(byte[] bytes, int from, int to) {
        int spread = PackedKey.spread(bytes, from, to);
        Shard shard = shards[spread & SHARD_MASK];
        int local = shard == null ? -1 : shard.find(spread, bytes, from, to);
        return local < 0 ? -1 : local << SHARD_BITS | spread & SHARD_MASK;
    }

    /** The number of the packed id that stands there; a new one if it has none. */
    int of(byte[] bytes, int from, int to) {
        int spread = PackedKey.spread(bytes, from, to);
        Shard shard = shards[spread & SHARD_MASK];
        if (shard == null) {
            shard = new Shard();
            shards[spread & SHARD_MASK] = shard;
        }
        return shard.of(spread, bytes, from, to) << SHARD_BITS | spread & SHARD_MASK;
    }

    /** How many bytes the packed id takes. */
    int length(int number) {
        Shard shard = shard(number);
        return PackedKey.idLength(shard.chunk(number >> SHARD_BITS), shard.offset(number >> SHARD_BITS));
    }

    /** Writes the packed id there. */
    void write(int number, byte[] into, int at) {
        Shard shard = shard(number);
        int local = number >> SHARD_BITS;
        System.arraycopy(shard.chunk(local), shard.offset(local), into, at, length(number));
    }

    /** The id itself. */
    String id(int number) {
        Shard shard = shard(number);
        return PackedKey.id(shard.chunk(number >> SHARD_BITS), shard.offset(number >> SHARD_BITS));
    }

    private Shard shard(int number) {
        Shard shard = shards[number & SHARD_MASK];
        if (shard == null) {
            throw new IllegalArgumentException("number " + number + " was given to no id");
        }
        return shard;
    }

    /** The ids whose hashes end alike. */
    private static final class Shard {

        private static final int CHUNK_BITS = 14;
        private static final int CHUNK = 1 << CHUNK_BITS;
        private static final int FIRST_CHUNK = 128;
        private static final int FIRST_SLOTS = 16;
        private static final int MOST = LIMIT >> SHARD_BITS;

        private byte[][] chunks = {new byte[FIRST_CHUNK]};
        private int used;
        private int[] starts = new int[FIRST_SLOTS / 2];
        private char[] slots = new char[FIRST_SLOTS];
        private int count;

        int find(int spread, byte[] bytes, int from, int to) {
            return slots[slot(spread, bytes, from, to)] - 1;
        }

        int of(int spread, byte[] bytes, int from, int to) {
            int slot = slot(spread, bytes, from, to);
            if (slots[slot] != 0) {
                return slots[slot] - 1;
            }
            if (count == MOST - 1) {
                throw new IllegalStateException("more ids than can be numbered");
            }
            add(bytes, from, to);
            slots[slot] = (char) count;
            if (4 * count > 3 * slots.length) {
                widen();
            }
            return count - 1;
        }

        byte[] chunk(int local) {
            return chunks[starts[local] >> CHUNK_BITS];
        }

        int offset(int local) {
            return starts[local] & CHUNK - 1;
        }

        /** Where the id's number stands, or where it would stand. The lower bits are the same for all ids of the shard. */
        private int slot(int spread, byte[] bytes, int from, int to) {
            int slot = spread >>> SHARD_BITS & slots.length - 1;
            while (slots[slot] != 0 && !is(slots[slot] - 1, bytes, from, to)) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }

        private boolean is(int local, byte[] bytes, int from, int to) {
            byte[] chunk = chunk(local);
            int offset = offset(local);
            return offset + to - from <= chunk.length
                    && Arrays.equals(chunk, offset, offset + to - from, bytes, from, to);
        }

        private void add(byte[] bytes, int from, int to) {
            int length = to - from;
            int last = chunks.length - 1;
            if (used + length > CHUNK) {
                last++;
                chunks = Arrays.copyOf(chunks, last + 1);
                chunks[last] = new byte[FIRST_CHUNK];
                used = 0;
            }
            if (used + length > chunks[last].length) {
                int wider = Math.max(used + length, chunks[last].length * 3 / 2);
                chunks[last] = Arrays.copyOf(chunks[last], Math.min(CHUNK, wider));
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count + count / 4);
            }
            System.arraycopy(bytes, from, chunks[last], used, length);
            starts[count] = last << CHUNK_BITS | used;
            count++;
            used += length;
        }

        private void widen() {
            slots = new char[2 * slots.length];
            for (int local = 0; local < count; local++) {
                byte[] chunk = chunk(local);
                int offset = offset(local);
                int spread = PackedKey.spread(chunk, offset, offset + PackedKey.idLength(chunk, offset));
                int slot = spread >>> SHARD_BITS & slots.length - 1;
                while (slots[slot] != 0) {
                    slot = slot + 1 & slots.length - 1;
                }
                slots[slot] = (char) (local + 1);
            }
        }
    }
}
