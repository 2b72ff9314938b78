package io.tidemark.audit.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a tenant's log has been read.
 *
 * @param watermark the time of the newest entry seen, or what can be taken for it after a long calm; null before the first poll
 * @param coverage the spans that were read without a hole, oldest first
 * @param gaps the spans that nobody can read any more
 * @param lastPollAt when a poll last ended well; null if none has
 * @param lastWideAt when the whole overlap was last read; null if it never was
 * @param lastWideEntries how many entries that was
 * @param events how many entries were new, in all
 */
public record IngestionState(
        @Nullable Instant watermark,
        List<Coverage> coverage,
        List<Gap> gaps,
        @Nullable Instant lastPollAt,
        @Nullable Instant lastWideAt,
        long lastWideEntries,
        long events) {

    static final IngestionState UNREAD = new IngestionState(null, List.of(), List.of(), null, null, 0, 0);

    public IngestionState {
        coverage = List.copyOf(coverage);
        gaps = List.copyOf(gaps);
    }

    /**
     * A span without a hole.
     *
     * @param from its begin
     * @param to its end
     * @param events how many new entries it had
     */
    public record Coverage(Instant from, Instant to, long events) {}

    /**
     * A span that was past the log's retention before it was read.
     *
     * @param from its begin
     * @param to its end
     * @param notedAt when that was found out
     */
    public record Gap(Instant from, Instant to, Instant notedAt) {}

    /** This state after a span was read to its end and what was in it is safe. */
    IngestionState covered(Span span, @Nullable Instant newest, long newEntries, Duration patience) {
        Instant mark = latest(watermark, span.to().minus(patience));
        if (newest != null) {
            mark = latest(mark, newest.isAfter(span.to()) ? span.to() : newest);
        }
        return new IngestionState(
                mark, extended(span, newEntries), gaps, lastPollAt, lastWideAt, lastWideEntries, events + newEntries);
    }

    /** This state with a span that is lost. */
    IngestionState lost(Span span, Instant now) {
        List<Gap> more = new ArrayList<>(gaps);
        more.add(new Gap(span.from(), span.to(), now));
        return new IngestionState(span.to(), coverage, more, lastPollAt, lastWideAt, lastWideEntries, events);
    }

    /** This state after a poll of the short overlap. */
    IngestionState polled(Instant now) {
        return new IngestionState(watermark, coverage, gaps, now, lastWideAt, lastWideEntries, events);
    }

    /** This state after a poll of the whole overlap, which showed so many entries. */
    IngestionState polledWide(Instant now, long entries) {
        return new IngestionState(watermark, coverage, gaps, now, now, entries, events);
    }

    private List<Coverage> extended(Span span, long newEntries) {
        List<Coverage> spans = new ArrayList<>(coverage);
        if (spans.isEmpty() || spans.get(spans.size() - 1).to().isBefore(span.from())) {
            spans.add(new Coverage(span.from(), span.to(), newEntries));
        } else {
            Coverage last = spans.remove(spans.size() - 1);
            spans.add(new Coverage(
                    last.from().isBefore(span.from()) ? last.from() : span.from(),
                    latest(last.to(), span.to()),
                    last.events() + newEntries));
        }
        return spans;
    }

    private static Instant latest(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
