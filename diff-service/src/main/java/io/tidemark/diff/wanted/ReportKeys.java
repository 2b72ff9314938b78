package io.tidemark.diff.wanted;

import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.contracts.Selection;
import io.tidemark.diff.report.ReportItem;
import io.tidemark.diff.report.ReportItem.ItemAttribution;
import io.tidemark.diff.report.ReportItem.ItemLink;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.StateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which keys, and of objects perhaps which properties, a selection means among the items of a report. */
final class ReportKeys {

    private final Selection selection;
    private final boolean byCause;
    private final Set<StateKey> keys = new TreeSet<>();
    private final Map<StateKey, List<String>> paths = new HashMap<>();

    ReportKeys(Selection selection) {
        this.selection = selection;
        this.byCause = isByCause(selection);
    }

    /** Whether a selection asks for what somebody or something caused. */
    static boolean isByCause(Selection selection) {
        return selection.actor() != null
                || selection.since() != null
                || selection.until() != null
                || selection.correlationId() != null;
    }

    void add(ReportItem item) {
        StateKey object = new StateKey(item.type(), item.id());
        boolean whole = item.properties().isEmpty();
        for (ItemAttribution attribution : item.attribution()) {
            if (isMeant(attribution)) {
                keys.add(object);
                if (byCause && !whole) {
                    paths.computeIfAbsent(object, key -> new ArrayList<>()).addAll(attribution.paths());
                }
            }
        }
        for (ItemLink link : item.links()) {
            if (isMeant(link.attribution())) {
                LinkKind kind = LinkKind.parse(item.type() + "." + link.relation());
                keys.add(Link.of(kind, item.id(), link.targetId()).key());
            }
        }
    }

    Set<StateKey> keys() {
        return keys;
    }

    /** The only properties that are meant of an object; null if all are. */
    @Nullable
    List<String> pathsOf(StateKey key) {
        return paths.get(key);
    }

    private boolean isMeant(ItemAttribution attribution) {
        if (!byCause) {
            return true;
        }
        return isActor(attribution.actor())
                && (selection.since() == null
                        || attribution.occurredAt() != null
                                && !attribution.occurredAt().isBefore(selection.since()))
                && (selection.until() == null
                        || attribution.occurredAt() != null
                                && attribution.occurredAt().isBefore(selection.until()))
                && (selection.correlationId() == null
                        || selection.correlationId().equals(attribution.correlationId()));
    }

    private boolean isActor(@Nullable Actor actor) {
        String wanted = selection.actor();
        return wanted == null
                || actor != null && (wanted.equalsIgnoreCase(actor.appId()) || wanted.equalsIgnoreCase(actor.id()));
    }
}
