package io.tidemark.diff.history;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Spells instants exactly and so that the order of texts is the order of time; a database's own dates lose nanoseconds. */
public final class Stamp {

    private static final int NANO_DIGITS = 9;
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(NANO_DIGITS).toFormatter();

    private Stamp() {}

    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    public static Instant parse(String text) {
        return Instant.parse(text);
    }
}
