package io.tidemark.diff.retention;

import io.tidemark.diff.retention.KeptMoment.Why;
import io.tidemark.diff.retention.Plan.Drop;
import io.tidemark.diff.seal.DroppedSnapshot.Rule;
import io.tidemark.diff.seal.Snapshot;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decides what stays and what goes. Pure. */
final class Planner {

    private final Policy policy;
    private final Instant now;

    /** @param now the seal time of the newest good full snapshot: while nothing is sealed, nothing grows older */
    Planner(Policy policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    /**
     * What is known of the tenant.
     *
     * @param lines its snapshots whose captures began before the window, earliest first
     * @param end the moment to which the window reaches back at most, because there are more snapshots than are looked at in one round
     * @param lastGood the ids of its last good full snapshots
     * @param openSnapshots the ids of snapshots that tasks which have not ended are about
     * @param open the moments that tasks and reports which have not ended need
     * @param referred the moments that restores asked for lately
     * @param since from when on every moment is kept already; null if nothing was ever thinned
     * @param keptBefore whether a moment before that is kept
     */
    record Known(
            Collection<SnapshotLine> lines,
            Instant end,
            Set<String> lastGood,
            Set<String> openSnapshots,
            Set<Instant> open,
            Set<Instant> referred,
            @Nullable Instant since,
            Predicate<Instant> keptBefore) {

        /** Whether what was at a moment is all there still. */
        boolean isWhole(Instant instant) {
            return since == null || !instant.isBefore(since) || keptBefore.test(instant);
        }
    }

    Plan plan(Known known) {
        Instant cut = policy.cut(now);
        Instant since = earlier(cut, known.end());
        for (SnapshotLine line : known.lines()) {
            // What was sealed lately stays with all that led to it, whatever other clocks say of when it was read.
            if (line.instant() != null && (!line.told().isBefore(cut) || line.state() == Snapshot.State.PENDING)) {
                since = earlier(since, line.instant());
            }
        }
        if (known.since() != null && known.since().isAfter(since)) {
            since = known.since();
        }
        Map<Why, Set<String>> firsts = firsts(known.lines());
        List<KeptMoment> kept = new ArrayList<>();
        List<Drop> drops = new ArrayList<>();
        Instant straddling = Instant.MAX;
        for (SnapshotLine line : known.lines()) {
            Set<Why> why = why(line, known, firsts);
            if (!line.told().isBefore(cut)) {
                why.add(Why.WINDOW);
            }
            if (why.isEmpty()) {
                drops.add(new Drop(line, rule(line)));
                continue;
            }
            @Nullable Instant instant = line.instant();
            if (instant == null || !instant.isBefore(since)) {
                straddling = earlier(straddling, line.startedAt());
            } else if (line.isSealed() && known.isWhole(instant)) {
                kept.add(new KeptMoment(instant, line.startedAt(), line.id(), why));
            }
        }
        needed(known.open(), Why.OPEN, since, known, kept);
        needed(known.referred(), Why.REFERRED, since, known, kept);
        return new Plan(since, merged(kept, List.of()), drops, straddling);
    }

    private static void needed(Set<Instant> instants, Why why, Instant since, Known known, List<KeptMoment> kept) {
        instants.stream()
                .filter(instant -> instant.isBefore(since) && known.isWhole(instant))
                .forEach(instant -> kept.add(new KeptMoment(instant, instant, null, Set.of(why))));
    }

    static List<KeptMoment> merged(List<KeptMoment> some, List<KeptMoment> others) {
        TreeMap<Instant, KeptMoment> merged = new TreeMap<>();
        some.forEach(moment -> merged.merge(moment.instant(), moment, KeptMoment::and));
        others.forEach(moment -> merged.merge(moment.instant(), moment, KeptMoment::and));
        return List.copyOf(merged.values());
    }

    private Set<Why> why(SnapshotLine line, Known known, Map<Why, Set<String>> firsts) {
        Set<Why> why = EnumSet.noneOf(Why.class);
        if (line.isPinned()) {
            why.add(Why.PINNED);
        }
        if (line.state() == Snapshot.State.PENDING || line.state() == Snapshot.State.SUSPECT) {
            why.add(Why.UNSETTLED);
        }
        if (known.lastGood().contains(line.id())) {
            why.add(Why.LAST);
        }
        @Nullable Instant instant = line.instant();
        if (known.openSnapshots().contains(line.id())
                || instant != null && known.open().contains(instant)) {
            why.add(Why.OPEN);
        }
        if (instant != null && known.referred().contains(instant)) {
            why.add(Why.REFERRED);
        }
        firsts.forEach((rule, ids) -> {
            if (ids.contains(line.id())) {
                why.add(rule);
            }
        });
        return why;
    }

    private static Rule rule(SnapshotLine line) {
        if (!line.isSealed()) {
            return Rule.NOT_SEALED;
        }
        return line.isFull() ? Rule.NOT_FIRST : Rule.NOT_FULL;
    }

    /**
     * The first of a day stays the first, whatever is captured later: nobody can push it out by ordering captures. It stays as long as any part of
     * its day counts, so that it never makes room for the second.
     */
    private Map<Why, Set<String>> firsts(Collection<SnapshotLine> lines) {
        List<SnapshotLine> good = lines.stream()
                .filter(SnapshotLine::isGood)
                .sorted(Comparator.comparing(SnapshotLine::told).thenComparing(SnapshotLine::id))
                .toList();
        Map<Why, Set<String>> firsts = new EnumMap<>(Why.class);
        firsts.put(Why.DAILY, firsts(good, policy.dailyUntil(now), day -> day.plusDays(1)));
        firsts.put(
                Why.WEEKLY,
                firsts(good, policy.weeklyUntil(now), day -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY))));
        firsts.put(
                Why.MONTHLY,
                firsts(good, policy.monthlyUntil(now), day -> day.with(TemporalAdjusters.firstDayOfNextMonth())));
        return firsts;
    }

    /** @param end the first day after the day, week or month that a day belongs to */
    private static Set<String> firsts(List<SnapshotLine> good, Instant until, UnaryOperator<LocalDate> end) {
        Set<LocalDate> seen = new HashSet<>();
        Set<String> firsts = new HashSet<>();
        for (SnapshotLine line : good) {
            LocalDate over = end.apply(line.told().atOffset(ZoneOffset.UTC).toLocalDate());
            if (seen.add(over) && over.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(until)) {
                firsts.add(line.id());
            }
        }
        return firsts;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
