package io.tidemark.diff.moved;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.KeyHistory;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.moved.Moved.What;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what moved while a capture read: what the audit log tells of the time that it took, and what was read in more than one state
 * meanwhile. Nothing of it is stored for itself. It follows from the change events and the versions, so an event that comes after the seal
 * counts as if it had come before.
 */
@ApplicationScoped
public class Moves {

    private static final int MOST_READINGS = 1000;

    private final ChangeStore changes;
    private final HistoryStore history;

    public Moves(ChangeStore changes, HistoryStore history) {
        this.changes = changes;
        this.history = history;
    }

    /** How many moved while a snapshot's capture read them, by type; types of which none did are left out. */
    public Map<String, Long> counts(Snapshot snapshot) {
        Map<String, Long> counts = new TreeMap<>();
        Window.of(snapshot).ifPresent(window -> {
            Set<String> read = typesRead(snapshot);
            Set<StateKey> twice = readTwice(snapshot.tenant(), window);
            changes.eachWithin(snapshot.tenant(), window.from(), window.to(), null, (key, events) -> {
                if (read.contains(key.type()) && isAnySuccessful(events)) {
                    twice.remove(key);
                    counts.merge(key.type(), 1L, Long::sum);
                }
                return true;
            });
            twice.stream()
                    .filter(key -> read.contains(key.type()))
                    .forEach(key -> counts.merge(key.type(), 1L, Long::sum));
        });
        return counts;
    }

    /** What moved while a snapshot's capture read it, in the order of the keys' spelling, after a key and at most so many. */
    public List<Moved> page(Snapshot snapshot, @Nullable StateKey after, int limit) {
        return Window.of(snapshot)
                .map(window -> page(snapshot, window, after, limit))
                .orElse(List.of());
    }

    /** What was read in more than one state within a window. */
    public Set<StateKey> readTwice(TenantId tenant, Window window) {
        return new HashSet<>(history.supersededWithin(tenant, window.from(), window.to()));
    }

    /**
     * Those of the keys that moved within any window, as far as these events tell.
     *
     * @param events what the audit log says of each key
     */
    public static Set<StateKey> told(Map<StateKey, List<ChangeRecorded>> events, Collection<Window> windows) {
        Set<StateKey> moved = new TreeSet<>();
        events.forEach((key, about) -> {
            boolean inside = about.stream()
                    .filter(Moves::isSuccessful)
                    .anyMatch(event -> windows.stream().anyMatch(window -> window.holds(event.occurredAt())));
            if (inside) {
                moved.add(key);
            }
        });
        return moved;
    }

    private List<Moved> page(Snapshot snapshot, Window window, @Nullable StateKey after, int limit) {
        Set<String> read = typesRead(snapshot);
        SortedMap<String, StateKey> keys = new TreeMap<>();
        Map<StateKey, List<ChangeRecorded>> told = new TreeMap<>();
        changes.eachWithin(snapshot.tenant(), window.from(), window.to(), after, (key, events) -> {
            if (read.contains(key.type()) && isAnySuccessful(events)) {
                keys.put(key.text(), key);
                told.put(key, events.stream().filter(Moves::isSuccessful).toList());
            }
            return told.size() < limit;
        });
        for (StateKey key : readTwice(snapshot.tenant(), window)) {
            boolean later = after == null || key.text().compareTo(after.text()) > 0;
            if (later && read.contains(key.type())) {
                keys.put(key.text(), key);
            }
        }
        List<StateKey> page = keys.values().stream().limit(limit).toList();
        Map<StateKey, KeyHistory> histories = history.find(snapshot.tenant(), page);
        return page.stream()
                .map(key -> moved(
                        key,
                        told.getOrDefault(key, List.of()),
                        readings(snapshot.tenant(), histories.get(key), window)))
                .toList();
    }

    private static Moved moved(StateKey key, List<ChangeRecorded> events, List<Mark> readings) {
        Set<What> what = new LinkedHashSet<>();
        List<Instant> moments = new ArrayList<>();
        events.forEach(event -> {
            what.add(what(key, event.operation()));
            moments.add(event.occurredAt());
        });
        if (events.isEmpty()) {
            readings.stream().skip(1).forEach(mark -> what.add(mark.isPresent() ? What.CHANGED : What.DELETED));
            readings.forEach(mark -> moments.add(mark.at()));
        }
        moments.sort(null);
        return new Moved(
                key,
                List.copyOf(what),
                moments.get(0),
                moments.get(moments.size() - 1),
                events.stream().map(ChangeRecorded::auditId).toList(),
                readings.stream().map(Mark::at).toList());
    }

    /** The marks within the window, if there is more than one. */
    private List<Mark> readings(TenantId tenant, @Nullable KeyHistory known, Window window) {
        if (known == null) {
            return List.of();
        }
        List<Mark> marks = history.marks(tenant, known, window.from(), window.to(), MOST_READINGS);
        return marks.size() > 1 ? marks : List.of();
    }

    private static What what(StateKey key, Operation operation) {
        return switch (operation) {
            case CREATE -> What.CREATED;
            case DELETE, HARD_DELETE -> What.DELETED;
            case RESTORE -> What.RESTORED;
            case LINK -> key.isLink() ? What.CREATED : What.CHANGED;
            case UNLINK -> key.isLink() ? What.DELETED : What.CHANGED;
            case UPDATE, OTHER -> What.CHANGED;
        };
    }

    /** What the capture did not read stands as it was read at another time. */
    private static Set<String> typesRead(Snapshot snapshot) {
        return snapshot.capture().types().stream()
                .filter(type -> type.outcome().wasRead())
                .map(TypeCount::type)
                .collect(Collectors.toSet());
    }

    private static boolean isAnySuccessful(List<ChangeRecorded> events) {
        return events.stream().anyMatch(Moves::isSuccessful);
    }

    private static boolean isSuccessful(ChangeRecorded event) {
        return event.result().equalsIgnoreCase("success");
    }
}
