package io.tidemark.snapshot.cursor;

import java.util.Arrays;

/**
 * Numbers in ascending order, each with three bits of marks. They stand in blocks of at most half a kilobyte, in which each is told by its
 * gap to the one before: those that are near to each other take few bytes, and putting one in copies no more than its block.
 *
 * <p>Every number has a position, which holds until a number is put or removed.
 */
final class MarkedNumbers {

    /** All marks. */
    static final int MARKS = 7;

    private static final int MARK_BITS = 3;
    private static final int FIRST_BITS = 4;
    private static final int FURTHER_BITS = 7;
    private static final int FIRST_MASK = (1 << FIRST_BITS) - 1;
    private static final int FURTHER_MASK = (1 << FURTHER_BITS) - 1;
    private static final int FURTHER = 1 << FURTHER_BITS;

    private static final int MOST = 512;
    /** As full as blocks are on average into which numbers were put one by one. */
    private static final int FILLED = MOST * 3 / 4;

    private static final int OFFSET_BITS = 10;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int ROOM = 2;

    private byte[][] blocks = new byte[0][];
    private long[] firsts = new long[0];
    private int used;

    /** What is done with a number. */
    @FunctionalInterface
    interface Visitor {
        void visit(int at, long number, int marks);
    }

    /**
     * Numbers that are there from the beginning.
     *
     * @param sorted ascending, each shifted by three bits, with its marks in them
     */
    MarkedNumbers(long[] sorted) {
        byte[] block = new byte[MOST];
        int length = 0;
        long before = 0;
        for (long each : sorted) {
            long number = each >>> MARK_BITS;
            if (length == 0 || length > FILLED) {
                close(block, length);
                open(used, number, block);
                length = 0;
                before = number;
            }
            length = write(number - before, (int) each & MARKS, block, length);
            before = number;
        }
        close(block, length);
    }

    private void close(byte[] block, int length) {
        if (used > 0) {
            blocks[used - 1] = Arrays.copyOf(block, length);
        }
    }

    /** Where the number is; negative if it is not there. */
    int find(long number) {
        int index = index(number);
        if (index < 0) {
            return -1;
        }
        byte[] block = blocks[index];
        long at = firsts[index];
        int offset = 0;
        while (at < number) {
            offset = end(block, offset);
            if (offset == block.length) {
                return -1;
            }
            at += gap(block, offset);
        }
        return at == number ? position(index, offset) : -1;
    }

    long number(int at) {
        byte[] block = blocks[at >>> OFFSET_BITS];
        long number = firsts[at >>> OFFSET_BITS];
        int until = at & OFFSET_MASK;
        int offset = 0;
        while (offset < until) {
            offset = end(block, offset);
            number += gap(block, offset);
        }
        return number;
    }

    int marks(int at) {
        return blocks[at >>> OFFSET_BITS][at & OFFSET_MASK] & MARKS;
    }

    void mark(int at, int marks) {
        byte[] block = blocks[at >>> OFFSET_BITS];
        int offset = at & OFFSET_MASK;
        block[offset] = (byte) (block[offset] & ~MARKS | marks);
    }

    /** Calls the visitor with every number, which may change marks, but put and remove nothing. */
    void forEach(Visitor visitor) {
        forEach(0, Long.MAX_VALUE, visitor);
    }

    /** Calls the visitor with every number from the first on that is less than the second; as above. */
    void forEach(long from, long until, Visitor visitor) {
        for (int index = Math.max(0, index(from)); index < used; index++) {
            byte[] block = blocks[index];
            long number = firsts[index];
            for (int offset = 0; offset < block.length; offset = end(block, offset)) {
                number += gap(block, offset);
                if (number >= until) {
                    return;
                }
                if (number >= from) {
                    visitor.visit(position(index, offset), number, block[offset] & MARKS);
                }
            }
        }
    }

    /** Puts a number with its marks, in place of those that it had. Says where it is now. */
    int put(long number, int marks) {
        int index = index(number);
        if (index < 0) {
            return putFirst(number, marks);
        }
        byte[] block = blocks[index];
        long before = firsts[index];
        int offset = 0;
        while (before < number) {
            int next = end(block, offset);
            if (next == block.length) {
                return spliced(index, next, next, number - before, marks, number);
            }
            long after = before + gap(block, next);
            if (after > number) {
                blocks[index] = splice(block, next, end(block, next), after - number, block[next] & MARKS);
                return spliced(index, next, next, number - before, marks, number);
            }
            before = after;
            offset = next;
        }
        int at = position(index, offset);
        mark(at, marks);
        return at;
    }

    /** Puts one that is less than all. */
    private int putFirst(long number, int marks) {
        if (used == 0) {
            open(0, number, new byte[0]);
            return spliced(0, 0, 0, 0, marks, number);
        }
        byte[] block = blocks[0];
        blocks[0] = splice(block, 0, end(block, 0), firsts[0] - number, block[0] & MARKS);
        firsts[0] = number;
        return spliced(0, 0, 0, 0, marks, number);
    }

    private int spliced(int index, int from, int to, long gap, int marks, long number) {
        blocks[index] = splice(blocks[index], from, to, gap, marks);
        if (blocks[index].length <= MOST) {
            return position(index, from);
        }
        split(index);
        return find(number);
    }

    void remove(int at) {
        int index = at >>> OFFSET_BITS;
        int from = at & OFFSET_MASK;
        byte[] block = blocks[index];
        int next = end(block, from);
        if (next < block.length) {
            long gap = gap(block, next);
            if (from == 0) {
                firsts[index] += gap;
            }
            long joined = from == 0 ? 0 : gap(block, from) + gap;
            blocks[index] = splice(block, from, end(block, next), joined, block[next] & MARKS);
        } else if (from > 0) {
            blocks[index] = Arrays.copyOf(block, from);
        } else {
            used--;
            System.arraycopy(blocks, index + 1, blocks, index, used - index);
            System.arraycopy(firsts, index + 1, firsts, index, used - index);
            blocks[used] = new byte[0];
        }
    }

    /** The block with one gap in place of what stands from there to there. */
    private static byte[] splice(byte[] block, int from, int to, long gap, int marks) {
        int length = length(gap);
        byte[] spliced = new byte[block.length - (to - from) + length];
        System.arraycopy(block, 0, spliced, 0, from);
        int end = write(gap, marks, spliced, from);
        System.arraycopy(block, to, spliced, end, block.length - to);
        return spliced;
    }

    private void split(int index) {
        byte[] block = blocks[index];
        long number = firsts[index];
        int offset = 0;
        while (offset < block.length / 2) {
            offset = end(block, offset);
            number += gap(block, offset);
        }
        byte[] rest = Arrays.copyOfRange(block, offset, block.length);
        open(index + 1, number, splice(rest, 0, end(rest, 0), 0, rest[0] & MARKS));
        blocks[index] = Arrays.copyOf(block, offset);
    }

    private void open(int index, long first, byte[] block) {
        if (used == blocks.length) {
            int wider = used + ROOM + used / 8;
            blocks = Arrays.copyOf(blocks, wider);
            firsts = Arrays.copyOf(firsts, wider);
        }
        System.arraycopy(blocks, index, blocks, index + 1, used - index);
        System.arraycopy(firsts, index, firsts, index + 1, used - index);
        blocks[index] = block;
        firsts[index] = first;
        used++;
    }

    /** The block that the number is in or belongs into; negative if it is less than all. */
    private int index(long number) {
        int found = Arrays.binarySearch(firsts, 0, used, number);
        return found >= 0 ? found : -found - 2;
    }

    private static int position(int index, int offset) {
        return index << OFFSET_BITS | offset;
    }

    private static int end(byte[] block, int at) {
        int end = at;
        while (block[end] < 0) {
            end++;
        }
        return end + 1;
    }

    private static long gap(byte[] block, int at) {
        int from = at;
        long gap = block[from] >>> MARK_BITS & FIRST_MASK;
        for (int shift = FIRST_BITS; block[from] < 0; shift += FURTHER_BITS) {
            from++;
            gap |= (long) (block[from] & FURTHER_MASK) << shift;
        }
        return gap;
    }

    private static int length(long gap) {
        int bits = Math.max(FIRST_BITS, Long.SIZE - Long.numberOfLeadingZeros(gap));
        return 1 + (bits - FIRST_BITS + FURTHER_BITS - 1) / FURTHER_BITS;
    }

    /** Writes a gap with marks, and says where it ends. */
    private static int write(long gap, int marks, byte[] into, int at) {
        int to = at;
        long left = gap >>> FIRST_BITS;
        into[to++] = (byte) (marks | (int) (gap & FIRST_MASK) << MARK_BITS | (left == 0 ? 0 : FURTHER));
        while (left != 0) {
            long rest = left >>> FURTHER_BITS;
            into[to++] = (byte) (left & FURTHER_MASK | (rest == 0 ? 0 : FURTHER));
            left = rest;
        }
        return to;
    }
}
