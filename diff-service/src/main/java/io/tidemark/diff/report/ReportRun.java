package io.tidemark.diff.report;

import io.tidemark.directory.json.JsonValue;
import io.tidemark.directory.json.TextLength;
import io.tidemark.runtime.lease.Lease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt to build a report: gathers items into pages, keeps them and counts. */
final class ReportRun {

    private static final int ITEMS_PER_PAGE = 200;
    private static final int WEIGHT_PER_PAGE = 4000;
    private static final long BYTES_PER_PAGE = 8 * 1024 * 1024;

    /** Values are not written to be measured: each counts as the least of some sizes that it surely does not exceed. */
    private static final long LEAST_SIZE = 1024;

    private static final int SIZE_STEP = 4;

    private final ReportStore store;
    private final Report report;
    private final Lease lease;
    private final ReportCounts.Tally tally = new ReportCounts.Tally();
    private List<ReportItem> page = new ArrayList<>();
    private int weight;
    private long bytes;
    private int pages;
    private long items;

    ReportRun(ReportStore store, Report report, Lease lease) {
        this.store = store;
        this.report = report;
        this.lease = lease;
    }

    void add(List<ReportItem> added) {
        for (ReportItem item : added) {
            tally.add(item);
            long size = size(item);
            if (!page.isEmpty() && bytes + size > BYTES_PER_PAGE) {
                flush();
            }
            page.add(item);
            bytes += size;
            weight += 1 + item.properties().size() + item.links().size();
            if (page.size() >= ITEMS_PER_PAGE || weight >= WEIGHT_PER_PAGE) {
                flush();
            }
        }
    }

    Report ready(long millis) {
        if (!page.isEmpty()) {
            flush();
        }
        return report.ready(tally.counts(), items, lease.fence(), pages, millis);
    }

    private void flush() {
        store.putPage(report, lease.fence(), pages, page);
        items += page.size();
        pages++;
        page = new ArrayList<>();
        weight = 0;
        bytes = 0;
    }

    private static long size(ReportItem item) {
        long size = 0;
        for (ReportItem.ItemProperty property : item.properties()) {
            size += size(property.before()) + size(property.after());
        }
        return size;
    }

    private static long size(@Nullable JsonValue value) {
        long size = LEAST_SIZE;
        while (value != null && TextLength.mayExceed(value, size)) {
            size *= SIZE_STEP;
        }
        return size;
    }
}
