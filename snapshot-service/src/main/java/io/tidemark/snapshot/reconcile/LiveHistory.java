package io.tidemark.snapshot.reconcile;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the history holds of tenants, as its keeper tells. */
public interface LiveHistory {

    /**
     * How a history stands.
     *
     * @param newest the end of the newest capture that it knows of and that did not break off; empty if it knows of none
     * @param mismatched whether the last full capture that could be held against it did not fit it
     * @param importing whether a bundle of the tenant is being taken in, or waits to be
     */
    record Standing(Optional<Instant> newest, boolean mismatched, boolean importing) {}

    /**
     * How the tenant's history stands.
     *
     * @throws HistoryException if nobody tells
     */
    Standing standing(TenantId tenant);

    /**
     * Hands on every key that is there as far as the history knows, with the hash of its content, in the order of the keys.
     *
     * @throws HistoryException if not all of them were told
     */
    void eachLive(TenantId tenant, BiConsumer<StateKey, ContentHash> sink);
}
