package io.tidemark.diff.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.diff.report.ReportItem.ItemAttribution;
import io.tidemark.diff.report.ReportItem.ItemLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a report holds.
 *
 * @param byType objects by type and what happened to them
 * @param byProperty objects by {@code <type>/<property path>}
 * @param byLink links by {@code <type>.<relation>}
 * @param byActor what each actor caused, the busiest first and at most so many
 * @param furtherActors what all others caused together; null if there are none
 * @param unattributed what the audit log says nothing of
 */
public record ReportCounts(
        Map<String, Actions> byType,
        Map<String, Long> byProperty,
        Map<String, Links> byLink,
        List<ByActor> byActor,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Further furtherActors,
        Caused unattributed) {

    public static final ReportCounts NONE =
            new ReportCounts(Map.of(), Map.of(), Map.of(), List.of(), null, new Caused(0, 0));

    /** Where people change things themselves there are as many actors as people. */
    static final int MOST_ACTORS = 1000;

    /** Objects by what happened to them. */
    public record Actions(long created, long modified, long softDeleted, long hardDeleted, long restored) {
        static final Actions NONE = new Actions(0, 0, 0, 0, 0);

        Actions plus(Action action) {
            return switch (action) {
                case CREATED -> new Actions(created + 1, modified, softDeleted, hardDeleted, restored);
                case MODIFIED -> new Actions(created, modified + 1, softDeleted, hardDeleted, restored);
                case SOFT_DELETED -> new Actions(created, modified, softDeleted + 1, hardDeleted, restored);
                case HARD_DELETED -> new Actions(created, modified, softDeleted, hardDeleted + 1, restored);
                case RESTORED -> new Actions(created, modified, softDeleted, hardDeleted, restored + 1);
            };
        }

        long total() {
            return created + modified + softDeleted + hardDeleted + restored;
        }
    }

    /** Links that came and went. */
    public record Links(long added, long removed) {
        Links plus(Direction direction) {
            return direction == Direction.ADDED ? new Links(added + 1, removed) : new Links(added, removed + 1);
        }
    }

    /** Objects, and single changes to them (properties, links, or the object as a whole). */
    public record Caused(long items, long changes) {}

    /** What some actors caused together. */
    public record Further(long actors, long items, long changes) {}

    /** What one actor caused, from one address. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ByActor(@Nullable Actor actor, long items, long changes) {}

    /** Items by type: what a message about the report says. */
    Map<String, Long> totals() {
        Map<String, Long> totals = new TreeMap<>();
        byType.forEach((type, actions) -> totals.put(type, actions.total()));
        return totals;
    }

    /** Counts items one after the other. */
    static final class Tally {
        private final Map<String, Actions> byType = new TreeMap<>();
        private final Map<String, Long> byProperty = new TreeMap<>();
        private final Map<String, Links> byLink = new TreeMap<>();
        private final Map<String, Actor> actors = new HashMap<>();
        private final Map<String, Caused> caused = new HashMap<>();
        private @Nullable String lastObject;
        private final Set<String> lastActors = new HashSet<>();

        /** The parts of one object must follow each other. */
        void add(ReportItem item) {
            String object = item.type() + "|" + item.id();
            if (!object.equals(lastObject)) {
                lastObject = object;
                lastActors.clear();
                byType.merge(item.type(), Actions.NONE.plus(item.action()), (old, one) -> old.plus(item.action()));
            }
            item.properties().forEach(p -> byProperty.merge(item.type() + "/" + p.path(), 1L, Long::sum));
            for (ItemLink link : item.links()) {
                byLink.merge(
                        item.type() + "." + link.relation(),
                        new Links(0, 0).plus(link.action()),
                        (old, one) -> old.plus(link.action()));
                count(link.attribution(), 1);
            }
            item.attribution().forEach(one -> count(one, Math.max(1, one.paths().size())));
        }

        private void count(ItemAttribution attribution, long changes) {
            Actor actor = attribution.actor();
            String key = actor == null ? "" : key(actor);
            if (actor != null) {
                actors.putIfAbsent(key, actor);
            }
            long items = lastActors.add(key) ? 1 : 0;
            caused.merge(
                    key,
                    new Caused(items, changes),
                    (old, one) -> new Caused(old.items() + one.items(), old.changes() + one.changes()));
        }

        private static String key(Actor actor) {
            String who = actor.appId() != null ? actor.appId() : String.valueOf(actor.id());
            return actor.kind() + "|" + who + "|" + actor.ipAddress();
        }

        private static @Nullable Further further(List<ByActor> sorted) {
            if (sorted.size() <= MOST_ACTORS) {
                return null;
            }
            List<ByActor> others = sorted.subList(MOST_ACTORS, sorted.size());
            return new Further(
                    others.size(),
                    others.stream().mapToLong(ByActor::items).sum(),
                    others.stream().mapToLong(ByActor::changes).sum());
        }

        ReportCounts counts() {
            List<ByActor> byActor = new ArrayList<>();
            actors.forEach((key, actor) -> {
                Caused what = caused.getOrDefault(key, new Caused(0, 0));
                byActor.add(new ByActor(actor, what.items(), what.changes()));
            });
            byActor.sort(Comparator.comparingLong(ByActor::changes)
                    .reversed()
                    .thenComparing(one -> one.actor() == null ? "" : key(one.actor())));
            return new ReportCounts(
                    new TreeMap<>(byType),
                    new TreeMap<>(byProperty),
                    new TreeMap<>(byLink),
                    List.copyOf(byActor.subList(0, Math.min(MOST_ACTORS, byActor.size()))),
                    further(byActor),
                    caused.getOrDefault("", new Caused(0, 0)));
        }
    }
}
