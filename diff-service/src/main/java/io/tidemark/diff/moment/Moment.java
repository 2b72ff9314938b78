package io.tidemark.diff.moment;

import java.time.DateTimeException;
import java.time.Instant;

/** A moment of a tenant, as requests name it. */
public sealed interface Moment {

    /** How requests spell it. */
    String text();

    /** The moment that a snapshot stands for. */
    record OfSnapshot(String id) implements Moment {
        @Override
        public String text() {
            return "snapshot:" + id;
        }
    }

    /** An instant. */
    record At(Instant instant) implements Moment {
        @Override
        public String text() {
            return "instant:" + instant;
        }
    }

    /** What history knows. */
    record Latest() implements Moment {
        @Override
        public String text() {
            return "latest";
        }
    }

    /** What the tenant is now: it is captured first. */
    record Live() implements Moment {
        @Override
        public String text() {
            return "live";
        }
    }

    /**
     * Reads a moment.
     *
     * @throws IllegalArgumentException if the text names none
     */
    static Moment parse(String text) {
        if (text.equals("latest")) {
            return new Latest();
        }
        if (text.equals("live")) {
            return new Live();
        }
        if (text.startsWith("snapshot:") && text.length() > "snapshot:".length()) {
            return new OfSnapshot(text.substring("snapshot:".length()));
        }
        if (text.startsWith("instant:")) {
            try {
                return new At(Instant.parse(text.substring("instant:".length())));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("moment has an instant that is not in ISO 8601", e);
            }
        }
        throw new IllegalArgumentException("moment must be 'snapshot:<id>', 'instant:<ISO 8601>', 'latest' or 'live'");
    }
}
