package io.tidemark.restore.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Halts the process, without any tidying up, when a named place is reached for the n-th time. */
public final class HaltingFailpoint implements Failpoint {

    /** The system property that names places: {@code name:halt@n}, several separated by commas. */
    public static final String PROPERTY = "tidemark.failpoints";

    private static final int KILLED = 137;

    private final Map<String, AtomicInteger> remaining;

    private HaltingFailpoint(Map<String, AtomicInteger> remaining) {
        this.remaining = remaining;
    }

    /**
     * Reads the property's value.
     *
     * @throws IllegalArgumentException if it is not spelled as it has to be
     */
    public static Failpoint parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        Map<String, AtomicInteger> places = new HashMap<>();
        for (String place : text.split(",")) {
            int colon = place.indexOf(":halt@");
            if (colon < 1) {
                throw new IllegalArgumentException(PROPERTY + " must look like name:halt@n");
            }
            places.put(
                    place.substring(0, colon).trim(),
                    new AtomicInteger(Integer.parseInt(
                            place.substring(colon + ":halt@".length()).trim())));
        }
        return new HaltingFailpoint(Map.copyOf(places));
    }

    @Override
    public void reach(String name) {
        AtomicInteger count = remaining.get(name);
        if (count != null && count.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
