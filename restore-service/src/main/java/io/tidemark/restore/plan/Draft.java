package io.tidemark.restore.plan;

import java.util.ArrayList;
import java.util.List;

/** A plan in the making: steps with their phase, and open points. */
final class Draft {

    private final List<Entry> entries = new ArrayList<>();
    private final List<OpenPoint> open = new ArrayList<>();

    /** A step and when it is taken. */
    record Entry(Phase phase, RestoreStep step) {}

    void add(Phase phase, RestoreStep step) {
        entries.add(new Entry(phase, step));
    }

    void open(OpenPoint point) {
        open.add(point);
    }

    void open(List<OpenPoint> points) {
        open.addAll(points);
    }

    List<Entry> entries() {
        return entries;
    }

    List<OpenPoint> open() {
        return open;
    }
}
