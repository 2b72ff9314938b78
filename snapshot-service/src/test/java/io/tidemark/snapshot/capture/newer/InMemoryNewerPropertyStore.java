package io.tidemark.snapshot.capture.newer;

import io.tidemark.directory.TenantId;
import java.util.HashMap;
import java.util.Map;

/** Remembers in memory. */
public final class InMemoryNewerPropertyStore implements NewerPropertyStore {

    private final Map<TenantId, NewerProperties> known = new HashMap<>();

    @Override
    public NewerProperties load(TenantId tenant) {
        return known.getOrDefault(tenant, NewerProperties.NONE);
    }

    @Override
    public void save(TenantId tenant, NewerProperties properties) {
        known.put(tenant, properties);
    }
}
