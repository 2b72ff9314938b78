package io.tidemark.snapshot.capture.newer;

import io.tidemark.directory.TenantId;

/** Remembers which properties newer than the catalogue a tenant shows. */
public interface NewerPropertyStore {

    /** What is known of a tenant; nothing if nobody has looked yet. */
    NewerProperties load(TenantId tenant);

    void save(TenantId tenant, NewerProperties properties);
}
