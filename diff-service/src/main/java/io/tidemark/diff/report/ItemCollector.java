package io.tidemark.diff.report;

import io.tidemark.diff.report.ReportStore.ItemPage;
import io.tidemark.diff.report.ReportStore.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects the items of one answer and notes where the next begins. */
final class ItemCollector implements ReportStore.Reader {

    private final int limit;
    private final Predicate<ReportItem> filter;
    private final List<ReportItem> items = new ArrayList<>();
    private @Nullable Position next;

    ItemCollector(int limit, Predicate<ReportItem> filter) {
        this.limit = limit;
        this.filter = filter;
    }

    @Override
    public boolean accept(Position position, ReportItem item) {
        if (!filter.test(item)) {
            return true;
        }
        if (items.size() == limit) {
            next = position;
            return false;
        }
        items.add(item);
        return true;
    }

    ItemPage page() {
        return new ItemPage(items, next);
    }
}
