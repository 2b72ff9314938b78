package io.tidemark.simulator.sample;

import java.util.List;

/** Repeatable randomness: one independent stream of numbers for each thing that is made up, the same on every machine. */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed, String stream, long index) {
        state = mix(mix(seed + GOLDEN) ^ mix(stream.hashCode() * GOLDEN) ^ mix((index + 1) * GOLDEN));
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number from 0 to {@code bound - 1}. */
    int below(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nothing to choose from");
        }
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }

    /** A number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** A rank from 0 to {@code bound - 1}, where a low rank is as much likelier as Zipf's law has it. */
    int ranked(int bound) {
        var fraction = (next() >>> 11) * 0x1.0p-53;
        var rank = (int) StrictMath.exp(fraction * StrictMath.log(bound + 1.0)) - 1;
        return Math.min(Math.max(rank, 0), bound - 1);
    }

    private static long mix(long value) {
        var z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
