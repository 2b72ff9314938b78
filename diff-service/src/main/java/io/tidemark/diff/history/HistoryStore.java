package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where states are kept. What was taken in once is there for good, and taking it in again changes nothing. */
public interface HistoryStore {

    /** The longest body that is taken, in bytes of its UTF-8 text: what a document of the store holds is counted so. */
    int LONGEST_BODY = 8 * 1024 * 1024;

    /**
     * Takes states in; states of one key in the order they were sent. Returns when they are stored.
     *
     * @return how many were new
     */
    int apply(TenantId tenant, List<ObjectState> states);

    /** What is known of the keys; keys of which nothing is known are left out. */
    Map<StateKey, KeyHistory> find(TenantId tenant, Collection<StateKey> keys);

    /** Superseded versions by their exact names. */
    Map<VersionRef, Version> findVersions(TenantId tenant, Collection<VersionRef> versions);

    /**
     * Of each key the superseded version that held at an instant, if it was known by then: the newest that began not after it.
     *
     * @throws DamagedHistoryException if that one is not stored, but one that it has followed
     */
    Map<StateKey, Version> supersededAt(TenantId tenant, Collection<StateKey> keys, Instant instant);

    /** Marks of a key's superseded versions that began after one instant and before another, newest first and at most so many. */
    List<Mark> supersededMarks(TenantId tenant, StateKey key, Instant after, Instant before, int limit);

    /** Marks of a key's newest versions, those that are not listed by its history included, that began within a span; oldest first. */
    default List<Mark> marks(TenantId tenant, KeyHistory history, Instant from, Instant to, int limit) {
        List<Mark> listed = history.marks();
        Instant oldest = listed.get(0).at();
        listed.removeIf(mark -> mark.at().isBefore(from) || mark.at().isAfter(to));
        if (listed.size() >= limit) {
            return listed.subList(listed.size() - limit, listed.size());
        }
        List<Mark> marks = new ArrayList<>();
        if (history.hasOlder() && oldest.isAfter(from)) {
            Instant before = to.isBefore(oldest) ? to.plusNanos(1) : oldest;
            marks.addAll(supersededMarks(tenant, history.key(), from.minusNanos(1), before, limit - listed.size()));
            Collections.reverse(marks);
        }
        marks.addAll(listed);
        return marks;
    }

    /**
     * Every key that got a new version after one instant and not after the other, and perhaps some that did not: what it costs grows with
     * what changed, not with the tenant.
     */
    SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until);

    /** Every key that got a version not before one instant, and the version after it not after the other. */
    SortedSet<StateKey> supersededWithin(TenantId tenant, Instant from, Instant to);

    /** Shows every key of the tenant with the marks that its history lists, in no order; bodies are not read. */
    void scan(TenantId tenant, Consumer<KeyMarks> consumer);

    /** Keys in the order of their spelling, after a key and at most so many; from the first if none is given. */
    List<KeyHistory> page(TenantId tenant, @Nullable StateKey after, int limit);

    /**
     * One key with the marks that its history lists, oldest first.
     *
     * @param hasOlder whether there are superseded versions before those
     */
    record KeyMarks(StateKey key, List<Mark> marks, boolean hasOlder) {}
}
