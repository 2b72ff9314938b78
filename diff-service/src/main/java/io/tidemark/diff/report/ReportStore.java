package io.tidemark.diff.report;

import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where reports are kept. Items of one attempt to build a report never mix with those of another. */
public interface ReportStore {

    /** Keeps a new report and puts it in the queue; does nothing if it is known. */
    void enqueue(Report report);

    /** Puts a known report in the queue, again even if it is being built just now. */
    void requeue(Report report);

    Optional<Report> find(TenantId tenant, String id);

    /** The reports that are to be built, those that rest included. */
    List<Queued> queue();

    /** A report's place in the queue; empty if it is not in the queue. */
    Optional<Queued> findQueued(TenantId tenant, String id);

    /** Counts an attempt that begins, and forgets how the one before ended. */
    void begun(Queued queued);

    /** Takes back the count of an attempt that nothing kept from its end but the end of the worker's turn. */
    void leftOff(Queued queued);

    /** Notes how an attempt was cut off, and until when the report rests. */
    void postpone(Queued queued, Instant notBefore, String why);

    /** Notes that a report has ended, and that only the news of it is left to be told. */
    void untold(Queued queued);

    /** Replaces a report, unless a later attempt has replaced it already. */
    void update(Report report);

    /** Takes a report off the queue, unless it was queued again since. */
    void done(Queued queued);

    /** Keeps a page of items of one attempt. Those of earlier attempts stay for whoever is reading them. */
    void putPage(Report report, long fence, int page, List<ReportItem> items);

    /** Reads items in their order, from a position on, until the reader has had enough. */
    void read(Report report, Position from, Reader reader);

    /** Items of one answer, with where the next begins. */
    default ItemPage page(Report report, Position from, int limit, Predicate<ReportItem> filter) {
        ItemCollector collector = new ItemCollector(limit, filter);
        read(report, from, collector);
        return collector.page();
    }

    /**
     * A report in the queue.
     *
     * @param turn another one each time that it is queued
     * @param attempts how many attempts have begun
     * @param notBefore until when it rests
     * @param why how the last attempt was cut off; null if there was none, or it ended without a word
     * @param isUntold whether it has ended, and only the news of it is left to be told
     */
    record Queued(
            TenantId tenant,
            String id,
            String turn,
            int attempts,
            Instant notBefore,
            @Nullable String why,
            boolean isUntold) {}

    /** A place among a report's items. */
    record Position(int page, int index) {
        public static final Position START = new Position(0, 0);
    }

    /** Takes items one after the other. */
    interface Reader {
        /** Whether it wants the next one. */
        boolean accept(Position position, ReportItem item);
    }

    /** Items of one answer. */
    record ItemPage(List<ReportItem> items, @Nullable Position next) {
        public ItemPage {
            items = List.copyOf(items);
        }
    }
}
