package io.tidemark.diff.verify;

import io.tidemark.contracts.Event;
import io.tidemark.diff.history.Mark;
import io.tidemark.directory.StateKey;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Weighs two sets of versions against each other in little memory: keys are dealt into buckets, and a bucket in which both sets hold the same
 * is empty in the end. Buckets that are not are to be looked at closely; a version that one set holds twice makes such a bucket too.
 */
final class Balance {

    static final int BUCKETS = 1 << 16;

    private static final int HEX = 16;

    private final long[] sums = new long[BUCKETS];

    static int bucket(StateKey key) {
        return (key.text().hashCode() * 0x9E3779B1) >>> 16;
    }

    void stored(StateKey key, Mark mark) {
        sums[bucket(key)] += weight(key, mark);
    }

    void witnessed(StateKey key, Mark mark) {
        sums[bucket(key)] -= weight(key, mark);
    }

    BitSet uneven() {
        BitSet uneven = new BitSet(BUCKETS);
        for (int i = 0; i < BUCKETS; i++) {
            if (sums[i] != 0) {
                uneven.set(i);
            }
        }
        return uneven;
    }

    private static long weight(StateKey key, Mark mark) {
        String digest = Event.idOf(
                key.text(), mark.at().toString(), text(mark.hash()), String.valueOf(mark.deleted()), text(mark.sum()));
        return Long.parseUnsignedLong(digest.substring(0, HEX), HEX);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
