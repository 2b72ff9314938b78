package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;

/** Where it is kept how far each tenant's log has been read. */
public interface WatermarkStore {

    /** The state of a tenant; {@link IngestionState#UNREAD} if it was never read. */
    IngestionState find(TenantId tenant);

    /**
     * Keeps a tenant's state.
     *
     * @param fence the writer's fence
     * @return false if a writer with a higher fence has been here, and then nothing was kept
     */
    boolean keep(TenantId tenant, IngestionState state, long fence);
}
