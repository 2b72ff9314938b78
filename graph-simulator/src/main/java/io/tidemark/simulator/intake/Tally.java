package io.tidemark.simulator.intake;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was read of an export and what was left out, by name. */
final class Tally {

    private final Map<String, Integer> read = new TreeMap<>();
    private final Map<String, Integer> left = new TreeMap<>();

    void read(String what) {
        read.merge(what, 1, Integer::sum);
    }

    void left(String what) {
        left.merge(what, 1, Integer::sum);
    }

    void tell(Consumer<String> lines) {
        read.forEach((what, count) -> lines.accept("read " + count + " " + what));
        left.forEach((what, count) -> lines.accept("left out " + count + " " + what));
    }
}
