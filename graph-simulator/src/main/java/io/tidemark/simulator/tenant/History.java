package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What objects were when the daily backups were made. Kept is only what changed since. */
final class History {

    private static final LocalTime DAILY = LocalTime.of(22, 0);
    private static final Duration KEPT = Duration.ofDays(7);

    /** What an object was: nothing, live or in the recycle bin. */
    record Was(@Nullable Entity entity, Node.State state) {}

    /** What changed between one backup and the next. */
    private static final class Day {
        private final Instant start;
        private final Map<Node, Was> objects = new LinkedHashMap<>();
        private final Map<Node, List<Node>> links = new LinkedHashMap<>();
        private boolean loaded;

        private Day(Instant start) {
            this.start = start;
        }
    }

    private final List<Day> days = new ArrayList<>();

    /** What is there at the start counts as what the last backup before it has. */
    History(Instant now) {
        Instant today = now.atZone(ZoneOffset.UTC).with(DAILY).toInstant();
        days.add(new Day(today.isAfter(now) ? today.minus(Duration.ofDays(1)) : today));
    }

    /** When the next backup is due. */
    Instant next() {
        return days.get(days.size() - 1).start.plus(Duration.ofDays(1));
    }

    /** Makes the backups that are due and drops those that are too old. */
    void roll(Instant now) {
        Instant oldest = now.minus(KEPT);
        while (!next().isAfter(now)) {
            days.add(new Day(next()));
        }
        while (days.size() > 1 && !days.get(0).start.isAfter(oldest)) {
            days.remove(0);
        }
    }

    /** Notes what an object was before a change. */
    void record(Node node, @Nullable Entity before) {
        if (RecoveryScope.all().covers(node.kind())) {
            days.get(days.size() - 1).objects.putIfAbsent(node, new Was(before, node.state()));
        }
    }

    /** Notes where an object's links led before a change. */
    void recordLinks(Node node, String relation) {
        RecoveryScope.Type type = RecoveryScope.all().of(node.kind());
        if (type != null && relation.equals(type.links())) {
            days.get(days.size() - 1).links.computeIfAbsent(node, n -> n.targets(relation));
        }
    }

    /** When the backups were made, oldest first. */
    List<Instant> backups() {
        return days.stream().map(day -> day.start).toList();
    }

    /** How many objects changed in the day before a backup. */
    int changed(Instant backup) {
        int at = index(backup);
        return at <= 0 ? 0 : days.get(at - 1).objects.size();
    }

    /** Whether a backup's content has been read once; after this call it has. */
    boolean load(Instant backup) {
        int at = index(backup);
        boolean before = at >= 0 && days.get(at).loaded;
        if (at >= 0) {
            days.get(at).loaded = true;
        }
        return before;
    }

    /** The objects that changed since a backup. */
    Set<Node> touched(Instant backup) {
        Set<Node> nodes = new LinkedHashSet<>();
        for (Day day : since(backup)) {
            nodes.addAll(day.objects.keySet());
            nodes.addAll(day.links.keySet());
        }
        return nodes;
    }

    /** What an object was at a backup. */
    Was at(Instant backup, Node node) {
        for (Day day : since(backup)) {
            Was was = day.objects.get(node);
            if (was != null) {
                return was;
            }
        }
        return new Was(node.entity(), node.state());
    }

    /** Where an object's links led at a backup. */
    List<Node> linksAt(Instant backup, Node node, String relation) {
        for (Day day : since(backup)) {
            List<Node> were = day.links.get(node);
            if (were != null) {
                return were;
            }
        }
        return node.targets(relation);
    }

    private List<Day> since(Instant backup) {
        return days.stream().filter(day -> !day.start.isBefore(backup)).toList();
    }

    private int index(Instant backup) {
        for (int i = 0; i < days.size(); i++) {
            if (days.get(i).start.equals(backup)) {
                return i;
            }
        }
        return -1;
    }
}
