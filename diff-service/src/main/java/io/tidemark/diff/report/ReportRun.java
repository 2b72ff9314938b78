package io.tidemark.diff.report;

import io.tidemark.runtime.lease.Lease;
import java.util.ArrayList;
import java.util.List;

/** One attempt to build a report: gathers items into pages, keeps them and counts. */
final class ReportRun {

    private static final int ITEMS_PER_PAGE = 200;
    private static final int WEIGHT_PER_PAGE = 4000;

    private final ReportStore store;
    private final Report report;
    private final Lease lease;
    private final ReportCounts.Tally tally = new ReportCounts.Tally();
    private List<ReportItem> page = new ArrayList<>();
    private int weight;
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
            page.add(item);
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
    }
}
