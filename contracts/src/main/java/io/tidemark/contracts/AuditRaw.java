package io.tidemark.contracts;

import io.tidemark.directory.json.JsonObject;
import java.time.Instant;

/**
 * One entry of the audit log, untouched.
 *
 * @param tenantId the tenant
 * @param auditId the entry's own id
 * @param source where it came from
 * @param receivedAt when we had it
 * @param entry the entry as Graph or Event Hubs gave it
 */
public record AuditRaw(String tenantId, String auditId, Source source, Instant receivedAt, JsonObject entry) {

    /** Where an entry came from. */
    public enum Source {
        GRAPH,
        EVENT_HUBS
    }

    @Override
    public String toString() {
        return "AuditRaw[" + auditId + "]";
    }
}
