package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import java.util.HashMap;
import java.util.Map;

/** Ingestion states, in memory. */
final class InMemoryWatermarkStore implements WatermarkStore {

    private final Map<TenantId, IngestionState> states = new HashMap<>();
    private final Map<TenantId, Long> fences = new HashMap<>();

    @Override
    public IngestionState find(TenantId tenant) {
        return states.getOrDefault(tenant, IngestionState.UNREAD);
    }

    @Override
    public boolean keep(TenantId tenant, IngestionState state, long fence) {
        if (fences.getOrDefault(tenant, 0L) > fence) {
            return false;
        }
        states.put(tenant, state);
        fences.put(tenant, fence);
        return true;
    }
}
