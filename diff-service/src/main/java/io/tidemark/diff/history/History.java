package io.tidemark.diff.history;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what objects and links were at an instant. */
@ApplicationScoped
public class History {

    /** Later than anything that can be known. */
    public static final Instant NEWEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final HistoryStore store;

    public History(HistoryStore store) {
        this.store = store;
    }

    /** What is known of one key. */
    public Optional<KeyHistory> find(TenantId tenant, StateKey key) {
        return Optional.ofNullable(store.find(tenant, List.of(key)).get(key));
    }

    /** The version of a known key that held at an instant; empty if it was not known yet. */
    public Optional<Version> at(TenantId tenant, KeyHistory history, Instant instant) {
        Span span = spans(tenant, List.of(history), instant, instant).get(0);
        return Optional.ofNullable(span.before());
    }

    /** The keys at two instants, those included that are the same at both; keys of which nothing is known are left out. */
    public List<Span> spans(TenantId tenant, Collection<StateKey> keys, Instant from, Instant to) {
        return spans(tenant, List.copyOf(store.find(tenant, keys).values()), from, to);
    }

    /** As {@link HistoryStore#marks}. */
    public List<Mark> marks(TenantId tenant, KeyHistory history, Instant from, Instant to, int limit) {
        return store.marks(tenant, history, from, to, limit);
    }

    /** As {@link HistoryStore#changedBetween}. */
    public Set<StateKey> changedBetween(TenantId tenant, Instant after, Instant until) {
        return store.changedBetween(tenant, after, until);
    }

    /** Keys in their order, after a key and at most so many, with their versions at an instant; a version is null where nothing was known yet. */
    public List<Span> page(TenantId tenant, @Nullable StateKey after, int limit, Instant instant) {
        return spans(tenant, store.page(tenant, after, limit), instant, instant);
    }

    private List<Span> spans(TenantId tenant, List<KeyHistory> histories, Instant from, Instant to) {
        List<VersionRef> needed = new ArrayList<>();
        for (KeyHistory history : histories) {
            need(history, from, needed);
            if (!from.equals(to)) {
                need(history, to, needed);
            }
        }
        Map<VersionRef, Version> versions = store.findVersions(tenant, needed);
        Map<StateKey, Version> olderFrom = older(tenant, histories, from);
        Map<StateKey, Version> olderTo = from.equals(to) ? olderFrom : older(tenant, histories, to);
        List<Span> spans = new ArrayList<>(histories.size());
        for (KeyHistory history : histories) {
            spans.add(new Span(
                    history.key(),
                    version(history, from, versions, olderFrom),
                    version(history, to, versions, olderTo)));
        }
        return spans;
    }

    /** The versions of those histories that do not list what held at the instant. */
    private Map<StateKey, Version> older(TenantId tenant, List<KeyHistory> histories, Instant instant) {
        List<StateKey> keys = histories.stream()
                .filter(history -> history.startsAfter(instant))
                .map(KeyHistory::key)
                .toList();
        return keys.isEmpty() ? Map.of() : store.supersededAt(tenant, keys, instant);
    }

    private static void need(KeyHistory history, Instant instant, List<VersionRef> needed) {
        history.markAt(instant)
                .filter(mark -> !mark.at().equals(history.current().mark().at()))
                .filter(Mark::isPresent)
                .ifPresent(mark -> needed.add(new VersionRef(history.key(), mark.at())));
    }

    private static @Nullable Version version(
            KeyHistory history, Instant instant, Map<VersionRef, Version> versions, Map<StateKey, Version> older) {
        Optional<Mark> mark = history.markAt(instant);
        if (mark.isEmpty()) {
            return older.get(history.key());
        }
        if (mark.get().at().equals(history.current().mark().at())) {
            return history.current();
        }
        if (!mark.get().isPresent()) {
            return new Version(mark.get(), null, "", List.of());
        }
        Version found = versions.get(new VersionRef(history.key(), mark.get().at()));
        if (found == null) {
            throw new DamagedHistoryException(
                    "version " + history.key() + " of " + mark.get().at() + " is not stored");
        }
        return found;
    }
}
