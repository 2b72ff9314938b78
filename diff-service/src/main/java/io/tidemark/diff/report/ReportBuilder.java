package io.tidemark.diff.report;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.diff.attribution.Attributor;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.compare.Difference;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.compare.StatePair;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.Retained;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.moved.Moves;
import io.tidemark.diff.moved.Window;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Builds the items of a report, some hundred objects at a time, so that memory does not grow with the report. */
@ApplicationScoped
class ReportBuilder {

    private static final int KEYS_AT_A_TIME = 2000;

    private final History history;
    private final Retained retained;
    private final ChangeStore changes;
    private final Moves moves;

    ReportBuilder(History history, Retained retained, ChangeStore changes, Moves moves) {
        this.history = history;
        this.retained = retained;
        this.changes = changes;
        this.moves = moves;
    }

    /**
     * What is compared.
     *
     * @param from the earlier instant
     * @param to the later instant
     * @param windows the time that the captures of the two took, as far as they are moments of snapshots
     */
    record Comparison(TenantId tenant, Instant from, Instant to, List<Window> windows) {

        /** The earliest instant whose events matter. */
        Instant eventsFrom() {
            Instant earliest = from.minus(Attributor.BEFORE);
            for (Window window : windows) {
                Instant before = window.from().minusNanos(1);
                earliest = before.isBefore(earliest) ? before : earliest;
            }
            return earliest;
        }
    }

    /** Hands over the items in order of object, but those of objects with very many changed links ahead of their turn. */
    void build(Comparison comparison, Scope scope, Consumer<List<ReportItem>> sink) {
        List<StateKey> candidates =
                scope.filter(history.changedBetween(comparison.tenant(), comparison.from(), comparison.to()));
        Set<StateKey> twice = new HashSet<>();
        comparison.windows().forEach(window -> twice.addAll(moves.readTwice(comparison.tenant(), window)));
        Map<StateKey, List<StateKey>> byOwner = new TreeMap<>();
        for (StateKey key : candidates) {
            byOwner.computeIfAbsent(MomentDiffer.owner(key).key(), owner -> new ArrayList<>())
                    .add(key);
        }
        Set<StateKey> keys = new TreeSet<>();
        for (Map.Entry<StateKey, List<StateKey>> object : byOwner.entrySet()) {
            List<StateKey> ofObject = object.getValue();
            if (ofObject.size() > KEYS_AT_A_TIME) {
                buildInSlices(comparison, twice, object.getKey(), ofObject, sink);
                continue;
            }
            keys.add(object.getKey());
            keys.addAll(ofObject);
            if (keys.size() >= KEYS_AT_A_TIME) {
                sink.accept(items(comparison, twice, keys, 0));
                keys.clear();
            }
        }
        sink.accept(items(comparison, twice, keys, 0));
        if (!retained.isKept(comparison.tenant(), comparison.from())
                || !retained.isKept(comparison.tenant(), comparison.to())) {
            throw new ReportException("what was at one of its moments has been thinned by retention");
        }
    }

    /** A group can have a hundred thousand changed members. */
    private void buildInSlices(
            Comparison comparison,
            Set<StateKey> twice,
            StateKey object,
            List<StateKey> keys,
            Consumer<List<ReportItem>> sink) {
        for (int start = 0; start < keys.size(); start += KEYS_AT_A_TIME) {
            Set<StateKey> slice = new TreeSet<>(keys.subList(start, Math.min(start + KEYS_AT_A_TIME, keys.size())));
            slice.add(object);
            sink.accept(items(comparison, twice, slice, start / ReportItem.MOST_LINKS));
        }
    }

    private List<ReportItem> items(
            Comparison comparison, Set<StateKey> twice, Collection<StateKey> keys, int firstPart) {
        Instant from = comparison.from();
        Instant to = comparison.to();
        List<StatePair> pairs = history.spans(comparison.tenant(), keys, from, to).stream()
                .map(Span::pair)
                .toList();
        List<Difference> differences = MomentDiffer.differences(pairs);
        Set<StateKey> evidence = new TreeSet<>();
        differences.forEach(difference -> evidence.addAll(Attributor.evidence(difference)));
        Map<StateKey, List<ChangeRecorded>> events =
                changes.find(comparison.tenant(), evidence, comparison.eventsFrom(), to.plus(Attributor.AFTER));
        Set<StateKey> moved = Moves.told(events, comparison.windows());
        moved.addAll(twice);
        Attributor attributor = new Attributor(to, after(from.minus(Attributor.BEFORE), events));
        return differences.stream()
                .map(attributor::attribute)
                .flatMap(attributed ->
                        ReportItem.of(attributed, firstPart, isAnyMoved(attributed.difference(), moved)).stream())
                .toList();
    }

    private static boolean isAnyMoved(Difference difference, Set<StateKey> moved) {
        return moved.contains(difference.object().key())
                || difference.links().stream()
                        .anyMatch(change -> moved.contains(change.link().key()));
    }

    private static Map<StateKey, List<ChangeRecorded>> after(
            Instant instant, Map<StateKey, List<ChangeRecorded>> events) {
        Map<StateKey, List<ChangeRecorded>> later = new HashMap<>();
        events.forEach((key, about) -> later.put(
                key,
                about.stream()
                        .filter(event -> event.occurredAt().isAfter(instant))
                        .toList()));
        return later;
    }
}
