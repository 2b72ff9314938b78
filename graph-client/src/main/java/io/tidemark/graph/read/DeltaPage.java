package io.tidemark.graph.read;

import java.util.List;

/**
 * One page of a delta query.
 *
 * @param items what it says; can be empty although more follows
 * @param next where it goes on: now if more follows, at the next capture if not
 * @param complete whether this was the last page
 */
public record DeltaPage(List<DeltaItem> items, DeltaLink next, boolean complete) {

    public DeltaPage {
        items = List.copyOf(items);
    }

    /** Names the numbers only. */
    @Override
    public String toString() {
        return "delta page of " + items.size() + (complete ? ", the last" : "");
    }
}
