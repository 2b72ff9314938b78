package io.tidemark.simulator.entity;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Texts that many objects have in one property, each kept once. It stops taking texts when they hardly ever recur. */
final class TextPool {

    private static final int MOST_POOLS = 4_096;
    private static final int MOST_TEXTS = 2_048;
    private static final int LONGEST = 120;
    private static final int LATELY = 32;
    private static final int SLOTS = MOST_TEXTS * 2;
    private static final Map<String, TextPool> KNOWN = new ConcurrentHashMap<>();

    /** A text with its number. */
    private record Asked(String text, int number) {}

    private final Asked[] lately = new Asked[LATELY];
    private final byte[][] texts = new byte[MOST_TEXTS][];
    private final short[] slots = new short[SLOTS];
    private volatile int size;
    private int asked;
    private int met;
    private volatile boolean closed;

    private TextPool() {}

    /** The pool of a property; {@code null} when there are too many pools. */
    static @Nullable TextPool of(String property) {
        TextPool known = KNOWN.get(property);
        if (known == null && KNOWN.size() < MOST_POOLS) {
            known = KNOWN.computeIfAbsent(property, name -> new TextPool());
        }
        return known;
    }

    /** The number of a text that was asked for lately; -1 if this one was not. It takes no lock. */
    int lately(String text) {
        Asked last = closed ? null : lately[text.hashCode() & LATELY - 1];
        return last != null && last.text.equals(text) ? last.number : -1;
    }

    /** The number of a text; -1 if it is not kept here. */
    int number(String text, byte[] encoded) {
        int number = closed || encoded.length > LONGEST ? -1 : find(encoded);
        if (number >= 0) {
            lately[text.hashCode() & LATELY - 1] = new Asked(text, number);
        }
        return number;
    }

    private synchronized int find(byte[] text) {
        asked++;
        int slot = (Arrays.hashCode(text) * 0x9E3779B9) >>> 20 & (SLOTS - 1);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (Arrays.equals(texts[number], text)) {
                met++;
                return number;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (size == MOST_TEXTS) {
            closed = met < asked / 3;
            return -1;
        }
        int number = size;
        texts[number] = text;
        slots[slot] = (short) (number + 1);
        size = number + 1;
        return number;
    }

    /** The text with this number. */
    byte[] text(int number) {
        if (number >= size) {
            throw new IllegalStateException("there is no text " + number);
        }
        return texts[number];
    }
}
