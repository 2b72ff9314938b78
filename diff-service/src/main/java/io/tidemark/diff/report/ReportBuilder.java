package io.tidemark.diff.report;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.diff.attribution.Attributor;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.compare.Difference;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.compare.StatePair;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.Span;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
    private final ChangeStore changes;

    ReportBuilder(History history, ChangeStore changes) {
        this.history = history;
        this.changes = changes;
    }

    /** Hands over the items in order of object, but those of objects with very many changed links ahead of their turn. */
    void build(TenantId tenant, Instant from, Instant to, Scope scope, Consumer<List<ReportItem>> sink) {
        List<StateKey> candidates = scope.filter(history.changedBetween(tenant, from, to));
        Map<StateKey, List<StateKey>> byOwner = new TreeMap<>();
        for (StateKey key : candidates) {
            byOwner.computeIfAbsent(MomentDiffer.owner(key).key(), owner -> new ArrayList<>())
                    .add(key);
        }
        Set<StateKey> keys = new TreeSet<>();
        for (Map.Entry<StateKey, List<StateKey>> object : byOwner.entrySet()) {
            List<StateKey> ofObject = object.getValue();
            if (ofObject.size() > KEYS_AT_A_TIME) {
                buildInSlices(tenant, from, to, object.getKey(), ofObject, sink);
                continue;
            }
            keys.add(object.getKey());
            keys.addAll(ofObject);
            if (keys.size() >= KEYS_AT_A_TIME) {
                sink.accept(items(tenant, from, to, keys, 0));
                keys.clear();
            }
        }
        sink.accept(items(tenant, from, to, keys, 0));
    }

    /** A group can have a hundred thousand changed members. */
    private void buildInSlices(
            TenantId tenant,
            Instant from,
            Instant to,
            StateKey object,
            List<StateKey> keys,
            Consumer<List<ReportItem>> sink) {
        for (int start = 0; start < keys.size(); start += KEYS_AT_A_TIME) {
            Set<StateKey> slice = new TreeSet<>(keys.subList(start, Math.min(start + KEYS_AT_A_TIME, keys.size())));
            slice.add(object);
            sink.accept(items(tenant, from, to, slice, start / ReportItem.MOST_LINKS));
        }
    }

    private List<ReportItem> items(
            TenantId tenant, Instant from, Instant to, Collection<StateKey> keys, int firstPart) {
        List<StatePair> pairs =
                history.spans(tenant, keys, from, to).stream().map(Span::pair).toList();
        List<Difference> differences = MomentDiffer.differences(pairs);
        Set<StateKey> evidence = new TreeSet<>();
        differences.forEach(difference -> evidence.addAll(Attributor.evidence(difference)));
        Map<StateKey, List<ChangeRecorded>> events =
                changes.find(tenant, evidence, from.minus(Attributor.BEFORE), to.plus(Attributor.AFTER));
        Attributor attributor = new Attributor(to, events);
        return differences.stream()
                .map(attributor::attribute)
                .flatMap(attributed -> ReportItem.of(attributed, firstPart).stream())
                .toList();
    }
}
