package io.tidemark.audit.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one poll reads.
 *
 * @param lost what can no longer be read; empty if nothing is lost
 * @param spans what to read, oldest first, each secured before the next
 * @param wide whether the whole overlap is read
 */
record PollPlan(Optional<Span> lost, List<Span> spans, boolean wide) {

    /** Half of what Graph allows for the log: one page in two seconds. */
    private static final Duration PER_PAGE = Duration.ofSeconds(4);

    private static final long PAGE = 999;

    static PollPlan of(IngestionState state, Instant now, AuditConfig config) {
        Instant oldest = now.minus(config.retention());
        Instant mark = state.watermark();
        boolean wide = wideIsDue(state, now);
        if (mark == null) {
            Instant from = now.minus(config.initialLookback());
            return new PollPlan(Optional.empty(), slices(later(from, oldest), now, config.slice()), true);
        }
        Optional<Span> lost = mark.isBefore(oldest) ? Optional.of(new Span(mark, oldest)) : Optional.empty();
        Instant from = mark.minus(wide ? config.overlap() : config.shortOverlap());
        return new PollPlan(lost, slices(later(from, oldest), now, config.slice()), wide);
    }

    /** Whether reading the whole overlap leaves most of the quota to what is new. */
    private static boolean wideIsDue(IngestionState state, Instant now) {
        Instant last = state.lastWideAt();
        if (last == null) {
            return true;
        }
        long pages = state.lastWideEntries() / PAGE;
        return !now.isBefore(last.plus(PER_PAGE.multipliedBy(pages)));
    }

    private static List<Span> slices(Instant from, Instant to, Duration longest) {
        List<Span> slices = new ArrayList<>();
        Instant begin = from.isAfter(to) ? to : from;
        while (begin.plus(longest).isBefore(to)) {
            slices.add(new Span(begin, begin.plus(longest)));
            begin = begin.plus(longest);
        }
        slices.add(new Span(begin, to));
        return slices;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
