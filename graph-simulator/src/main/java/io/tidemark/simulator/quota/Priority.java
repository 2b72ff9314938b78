package io.tidemark.simulator.quota;

import org.jspecify.annotations.Nullable;

/** How much a caller minds being refused: {@code x-ms-throttle-priority}. */
public enum Priority {
    /** Refused first. */
    LOW,
    /** What every request has that says nothing. */
    NORMAL,
    /** Refused last. */
    HIGH;

    /** The priority that a header names. */
    public static Priority of(@Nullable String header) {
        if (header == null) {
            return NORMAL;
        }
        String text = header.trim();
        return text.equalsIgnoreCase("low") ? LOW : text.equalsIgnoreCase("high") ? HIGH : NORMAL;
    }
}
