package io.tidemark.audit.source;

import java.time.Instant;

/** A span of time, both ends included. */
record Span(Instant from, Instant to) {

    Span {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("span ends before it begins");
        }
    }
}
