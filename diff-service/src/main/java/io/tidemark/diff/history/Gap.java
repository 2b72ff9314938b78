package io.tidemark.diff.history;

import java.time.Instant;

/**
 * A time of which nothing is to be seen any more: the versions that began and ended within it.
 *
 * @param after versions that began by then stay
 * @param done versions that ended by then have been looked at before
 * @param upTo versions that ended later stay
 * @param before versions that began then or later stay
 */
public record Gap(Instant after, Instant done, Instant upTo, Instant before) {

    /** Before anything that can be known. */
    public static final Instant BEGINNING = Instant.parse("0000-01-01T00:00:00Z");

    public Gap(Instant after, Instant upTo, Instant before) {
        this(after, after, upTo, before);
    }

    /** Whether no version can have begun and ended within it. */
    public boolean isEmpty() {
        return !done.isBefore(upTo) || !after.isBefore(before);
    }

    /** The same without what ended by a moment. */
    public Gap from(Instant moment) {
        return new Gap(after, moment.isAfter(done) ? moment : done, upTo, before);
    }
}
