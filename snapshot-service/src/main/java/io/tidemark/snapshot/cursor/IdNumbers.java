package io.tidemark.snapshot.cursor;

import java.util.Arrays;

/** Numbers for ids, so that a link takes the numbers of its ends. An id once numbered stays so; a million GUIDs take some 30 MB. */
final class IdNumbers {

    /** Small enough that no garbage collector treats a chunk as something special. */
    private static final int CHUNK = 1 << 18;

    private static final int FIRST_ROOM = 1024;

    private byte[][] chunks = new byte[1][CHUNK];
    private int end;
    private int[] starts = new int[FIRST_ROOM];
    private int[] slots = new int[2 * FIRST_ROOM];
    private int count;

    /** The number of the packed id that stands there; negative if it has none. */
    int find(byte[] bytes, int from, int to) {
        return slots[slot(bytes, from, to)] - 1;
    }

    /** The number of the packed id that stands there; a new one if it has none. */
    int of(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        if (slots[slot] == 0) {
            add(bytes, from, to);
            slots[slot] = count;
            if (3 * count > 2 * slots.length) {
                widen();
            }
            return count - 1;
        }
        return slots[slot] - 1;
    }

    /** How many bytes the packed id takes. */
    int length(int number) {
        return PackedKey.idLength(chunk(number), offset(number));
    }

    /** Writes the packed id there. */
    void write(int number, byte[] into, int at) {
        System.arraycopy(chunk(number), offset(number), into, at, length(number));
    }

    /** The id itself. */
    String id(int number) {
        return PackedKey.id(chunk(number), offset(number));
    }

    /** Where the id's number stands, or where it would stand. */
    private int slot(byte[] bytes, int from, int to) {
        int slot = PackedKey.spread(bytes, from, to) & slots.length - 1;
        while (slots[slot] != 0 && !is(slots[slot] - 1, bytes, from, to)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean is(int number, byte[] bytes, int from, int to) {
        byte[] chunk = chunk(number);
        int offset = offset(number);
        return offset + to - from <= CHUNK && Arrays.equals(chunk, offset, offset + to - from, bytes, from, to);
    }

    private void add(byte[] bytes, int from, int to) {
        int length = to - from;
        if (end % CHUNK + length > CHUNK || end == chunks.length * CHUNK) {
            end = chunks.length * CHUNK;
            chunks = Arrays.copyOf(chunks, chunks.length + 1);
            chunks[chunks.length - 1] = new byte[CHUNK];
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count + count / 2);
        }
        System.arraycopy(bytes, from, chunks[end / CHUNK], end % CHUNK, length);
        starts[count] = end;
        count++;
        end += length;
    }

    private void widen() {
        slots = new int[2 * slots.length];
        for (int number = 0; number < count; number++) {
            int offset = offset(number);
            int slot = PackedKey.spread(chunk(number), offset, offset + length(number)) & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number + 1;
        }
    }

    private byte[] chunk(int number) {
        return chunks[starts[number] / CHUNK];
    }

    private int offset(int number) {
        return starts[number] % CHUNK;
    }
}
