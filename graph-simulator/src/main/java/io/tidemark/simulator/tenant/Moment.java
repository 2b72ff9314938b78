package io.tidemark.simulator.tenant;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Points in time as Graph writes them. */
public final class Moment {

    private Moment() {}

    /** What a text says; the usual moment when it says nothing. */
    public static Instant of(String text, Instant usual) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return usual;
        }
    }
}
