package io.tidemark.diff.change;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where change events are kept, by what they are about. An event is kept once, however often it comes. */
public interface ChangeStore {

    /** Takes events in. Returns when they are stored. */
    void add(TenantId tenant, List<ChangeRecorded> changes);

    /** The events about each key that happened after one instant and not after the other, oldest first. Keys without any are left out. */
    Map<StateKey, List<ChangeRecorded>> find(TenantId tenant, Collection<StateKey> keys, Instant after, Instant until);

    /**
     * Shows every key of which something happened from one instant to another, both included, with the events of that time, oldest first. Keys
     * come in the order of their spelling, after a key if one is given, until the visitor has enough. What it costs grows with what happened
     * then.
     */
    void eachWithin(TenantId tenant, Instant from, Instant to, @Nullable StateKey after, Visitor visitor);

    /** Looks at the events of one key after the other. */
    @FunctionalInterface
    interface Visitor {

        /** Says whether it wants more. */
        boolean visit(StateKey key, List<ChangeRecorded> events);
    }
}
