package io.tidemark.diff.ops;

import io.tidemark.runtime.event.RecordedEvents;

/** Operators who hear what is published here. */
public final class ToldOperators {

    private ToldOperators() {}

    public static Operators by(RecordedEvents events) {
        return new Operators(events.publisher());
    }
}
