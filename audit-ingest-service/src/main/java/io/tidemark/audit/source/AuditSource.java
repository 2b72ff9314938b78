package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Where the audit log is read. */
public interface AuditSource {

    /** The tenants that can be read. */
    List<TenantId> tenants();

    /**
     * Reads every entry of a span of time that can be read by now, oldest first, and fails rather than leave one out. Entries may show up
     * later than they happened, so a span that was read once can hold more when it is read again.
     */
    void read(TenantId tenant, Instant from, Instant to, Consumer<JsonObject> sink);
}
