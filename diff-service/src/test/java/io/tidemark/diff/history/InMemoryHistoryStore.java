package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A history in memory, held to the same contract. */
public final class InMemoryHistoryStore implements HistoryStore {

    private final Map<TenantId, Map<StateKey, KeyHistory>> histories = new HashMap<>();
    private final Map<TenantId, Map<VersionRef, Version>> superseded = new HashMap<>();
    private final Map<TenantId, Map<Instant, SortedSet<StateKey>>> changes = new HashMap<>();

    @Override
    public int apply(TenantId tenant, List<ObjectState> states) {
        Map<StateKey, List<ObjectState>> byKey = new LinkedHashMap<>();
        states.forEach(state ->
                byKey.computeIfAbsent(state.key(), key -> new ArrayList<>()).add(state));
        int[] changed = {0};
        byKey.forEach((key, some) -> Fold.of(of(tenant).get(key), key, some).ifPresent(fold -> {
            changed[0] += fold.added().size();
            of(tenant).put(key, fold.after());
            fold.superseded()
                    .forEach(old -> superseded
                            .computeIfAbsent(tenant, one -> new HashMap<>())
                            .put(new VersionRef(key, old.version().mark().at()), old.version()));
            fold.added()
                    .forEach(mark -> changes.computeIfAbsent(tenant, one -> new TreeMap<>())
                            .computeIfAbsent(mark.at(), one -> new TreeSet<>())
                            .add(key));
        }));
        return changed[0];
    }

    @Override
    public Map<StateKey, KeyHistory> find(TenantId tenant, Collection<StateKey> keys) {
        Map<StateKey, KeyHistory> found = new HashMap<>(of(tenant));
        found.keySet().retainAll(keys);
        return found;
    }

    @Override
    public Map<VersionRef, Version> findVersions(TenantId tenant, Collection<VersionRef> versions) {
        Map<VersionRef, Version> found = new HashMap<>(superseded.getOrDefault(tenant, Map.of()));
        found.keySet().retainAll(versions);
        return found;
    }

    @Override
    public Map<StateKey, Version> supersededAt(TenantId tenant, Collection<StateKey> keys, Instant instant) {
        Map<StateKey, Version> found = new HashMap<>();
        superseded.getOrDefault(tenant, Map.of()).forEach((ref, version) -> {
            if (keys.contains(ref.key()) && !ref.at().isAfter(instant)) {
                found.merge(
                        ref.key(),
                        version,
                        (one, other) -> one.mark().at().isAfter(other.mark().at()) ? one : other);
            }
        });
        return found;
    }

    @Override
    public List<Mark> supersededMarks(TenantId tenant, StateKey key, Instant after, Instant before, int limit) {
        return superseded.getOrDefault(tenant, Map.of()).entrySet().stream()
                .filter(one -> one.getKey().key().equals(key))
                .map(one -> one.getValue().mark())
                .filter(mark -> mark.at().isAfter(after) && mark.at().isBefore(before))
                .sorted(Comparator.comparing(Mark::at).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until) {
        SortedSet<StateKey> changed = new TreeSet<>();
        changes.getOrDefault(tenant, Map.of()).forEach((at, keys) -> {
            if (at.isAfter(after) && !at.isAfter(until)) {
                changed.addAll(keys);
            }
        });
        return changed;
    }

    @Override
    public SortedSet<StateKey> supersededWithin(TenantId tenant, Instant from, Instant to) {
        SortedSet<StateKey> keys = new TreeSet<>();
        scan(tenant, known -> {
            long within = known.marks().stream()
                    .filter(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(to))
                    .count();
            if (within > 1) {
                keys.add(known.key());
            }
        });
        return keys;
    }

    @Override
    public void scan(TenantId tenant, Consumer<KeyMarks> consumer) {
        of(tenant).values().forEach(history -> {
            consumer.accept(new KeyMarks(history.key(), history.marks(), history.hasOlder()));
        });
    }

    @Override
    public List<KeyHistory> page(TenantId tenant, StateKey after, int limit) {
        return of(tenant).values().stream()
                .sorted(Comparator.comparing(history -> history.key().text()))
                .filter(history -> after == null || history.key().text().compareTo(after.text()) > 0)
                .limit(limit)
                .toList();
    }

    private Map<StateKey, KeyHistory> of(TenantId tenant) {
        return histories.computeIfAbsent(tenant, one -> new HashMap<>());
    }
}
