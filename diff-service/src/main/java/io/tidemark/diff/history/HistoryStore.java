package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.Collection;
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
     * Every key that got a new version after one instant and not after the other, and perhaps some that did not: what it costs grows with
     * what changed, not with the tenant.
     */
    SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until);

    /** Every key that got a version not before one instant, and the version after it not after the other. */
    SortedSet<StateKey> supersededWithin(TenantId tenant, Instant from, Instant to);

    /** Shows every key of the tenant with the marks of its versions, in no order; bodies are not read. */
    void scan(TenantId tenant, Consumer<KeyMarks> consumer);

    /** Keys in the order of their spelling, after a key and at most so many; from the first if none is given. */
    List<KeyHistory> page(TenantId tenant, @Nullable StateKey after, int limit);

    /** One key with the marks of its versions, oldest first. */
    record KeyMarks(StateKey key, List<Mark> marks) {}
}
