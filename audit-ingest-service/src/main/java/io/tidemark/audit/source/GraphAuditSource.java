package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.audit.AuditLogReader;
import io.tidemark.tenants.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The audit log of Microsoft Graph. */
@ApplicationScoped
class GraphAuditSource implements AuditSource {

    private final TenantConnections connections;
    private final AuditConfig audit;

    GraphAuditSource(TenantConnections connections, AuditConfig audit) {
        this.connections = connections;
        this.audit = audit;
    }

    @Override
    public List<TenantId> tenants() {
        return connections.all();
    }

    @Override
    public void read(TenantId tenant, Instant from, Instant to, Consumer<JsonObject> sink) {
        new AuditLogReader(connections.of(tenant), audit.retention()).read(from, to, sink);
    }
}
