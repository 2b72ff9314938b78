package io.tidemark.audit.translate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Reads the spellings of time that audit entries come with. */
final class LoggedTime {

    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US);

    private LoggedTime() {}

    /** With an offset as Graph and Event Hubs write it, or in the American form that old records have, which is UTC. */
    static Instant parse(String text) {
        try {
            return text.indexOf('/') >= 0
                    ? LocalDateTime.parse(text, AMERICAN).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("activityDateTime of the audit entry is not a time", e);
        }
    }
}
