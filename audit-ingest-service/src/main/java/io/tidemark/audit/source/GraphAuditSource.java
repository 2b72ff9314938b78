package io.tidemark.audit.source;

import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.audit.AuditLogReader;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The audit log of Microsoft Graph, one connection per tenant, opened at first use. */
@ApplicationScoped
class GraphAuditSource implements AuditSource {

    private final GraphConfig config;
    private final AuditConfig audit;
    private final Clock clock;
    private final Map<TenantId, GraphConnection> open = new HashMap<>();

    GraphAuditSource(GraphConfig config, AuditConfig audit, Clock clock) {
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public List<TenantId> tenants() {
        return config.tenants().keySet().stream().map(TenantId::parse).toList();
    }

    @Override
    public void read(TenantId tenant, Instant from, Instant to, Consumer<JsonObject> sink) {
        new AuditLogReader(connection(tenant), audit.retention()).read(from, to, sink);
    }

    private synchronized GraphConnection connection(TenantId tenant) {
        GraphConnection known = open.get(tenant);
        if (known == null) {
            known = GraphConnection.open(settings(tenant));
            open.put(tenant, known);
        }
        return known;
    }

    synchronized void close(@Observes ShutdownEvent stopping) {
        open.values().forEach(GraphConnection::close);
        open.clear();
    }

    private GraphSettings settings(TenantId tenant) {
        GraphConfig.Tenant found = config.tenants().get(tenant.toString());
        if (found == null) {
            throw new IllegalArgumentException("tenant " + tenant + " is not configured");
        }
        Credential credential = Credential.exactlyOne(
                found.clientSecret(), found.certificatePath(), found.certificatePassword(), found.federatedTokenFile());
        return GraphSettings.builder(tenant, found.clientId(), credential)
                .graphUrl(config.url())
                .authority(config.authority())
                .allowHttpAuthority(config.allowHttpAuthority())
                .quota(config.quotaShare(), config.quotaScale())
                .patience(config.patience())
                .clock(clock)
                .build();
    }
}
