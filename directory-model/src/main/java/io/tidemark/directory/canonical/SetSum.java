package io.tidemark.directory.canonical;

import io.tidemark.directory.StateKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A {@link SetDigest} that is counted up state by state. Its sum stands in four words, so that a state costs its hash and no more: as big
 * integers the sums of a million states are a third of a gigabyte of garbage. Not for several threads at once.
 */
public final class SetSum {

    private static final int WORDS = 4;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Highest word first. */
    private final long[] sum = new long[WORDS];

    private long count;

    /** A sum that goes on from a digest. */
    public static SetSum from(SetDigest digest) {
        SetSum sum = new SetSum();
        sum.count = digest.count();
        byte[] bytes = digest.sum().toByteArray();
        byte[] padded = new byte[WORDS * Long.BYTES];
        int kept = Math.min(bytes.length, padded.length);
        System.arraycopy(bytes, bytes.length - kept, padded, padded.length - kept, kept);
        sum.addTerm(padded);
        return sum;
    }

    /** Adds one state. */
    public void add(StateKey key, ContentHash hash) {
        count++;
        addTerm(SetDigest.termOf(key, hash));
    }

    /** Takes out one state that was added. */
    public void remove(StateKey key, ContentHash hash) {
        count--;
        byte[] term = SetDigest.termOf(key, hash);
        long borrow = 0;
        for (int word = WORDS - 1; word >= 0; word--) {
            long before = sum[word];
            long less = before - (long) WORD.get(term, word * Long.BYTES);
            boolean below = Long.compareUnsigned(less, before) > 0;
            sum[word] = less - borrow;
            borrow = below || borrow == 1 && less == 0 ? 1 : 0;
        }
    }

    /** How many states are in it. */
    public long count() {
        return count;
    }

    /** What it has come to. */
    public SetDigest digest() {
        ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES);
        for (long word : sum) {
            bytes.putLong(word);
        }
        return new SetDigest(count, new BigInteger(1, bytes.array()));
    }

    private void addTerm(byte[] term) {
        long carry = 0;
        for (int word = WORDS - 1; word >= 0; word--) {
            long before = sum[word];
            long more = before + (long) WORD.get(term, word * Long.BYTES);
            boolean over = Long.compareUnsigned(more, before) < 0;
            sum[word] = more + carry;
            carry = over || carry == 1 && sum[word] == 0 ? 1 : 0;
        }
    }
}
