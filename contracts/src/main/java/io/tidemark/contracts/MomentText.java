package io.tidemark.contracts;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Moments as ISO 8601 texts. The messages of one batch share their moment, so the last one is kept rather than written and read again. */
public final class MomentText {

    private record Pair(Instant moment, String text) {}

    // Replaced as a whole: whoever reads it sees a moment and its own text.
    private static volatile Pair last = new Pair(Instant.EPOCH, Instant.EPOCH.toString());

    private MomentText() {}

    /** As {@link Instant#toString()}. */
    public static String of(Instant moment) {
        Pair known = last;
        if (!known.moment.equals(moment)) {
            known = new Pair(moment, moment.toString());
            last = known;
        }
        return known.text;
    }

    /**
     * As {@link Instant#parse(CharSequence)}.
     *
     * @throws DateTimeParseException if it is no moment
     */
    public static Instant parse(String text) {
        Pair known = last;
        if (!known.text.equals(text)) {
            Instant moment = Instant.parse(text);
            known = new Pair(moment, text);
            if (text.equals(moment.toString())) {
                last = known;
            }
        }
        return known.moment;
    }
}
