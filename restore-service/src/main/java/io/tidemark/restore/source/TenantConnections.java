package io.tidemark.restore.source;

import io.quarkus.runtime.ShutdownEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to each configured tenant's Graph, one connection and so one set of quota lanes per tenant. */
@ApplicationScoped
public class TenantConnections {

    private final GraphConfig config;
    private final Map<TenantId, GraphConnection> open = new ConcurrentHashMap<>();

    public TenantConnections(GraphConfig config) {
        this.config = config;
    }

    /** Whether the tenant is configured. */
    public boolean knows(TenantId tenant) {
        return identity(tenant).isPresent();
    }

    /** The tenant's connection, opened at first use. */
    public GraphConnection of(TenantId tenant) {
        return open.computeIfAbsent(tenant, this::connect);
    }

    /** The application ids that we sign in with. */
    public Set<String> ownAppIds(TenantId tenant) {
        return identity(tenant).map(own -> Set.of(own.clientId())).orElse(Set.of());
    }

    void close(@Observes ShutdownEvent event) {
        open.values().forEach(GraphConnection::close);
        open.clear();
    }

    private Optional<GraphConfig.Identity> identity(TenantId tenant) {
        return Optional.ofNullable(config.tenants().get(tenant.toString()));
    }

    private GraphConnection connect(TenantId tenant) {
        GraphConfig.Identity own = identity(tenant)
                .orElseThrow(() -> new IllegalArgumentException("tenant " + tenant + " is not configured"));
        Credential credential = Credential.exactlyOne(
                own.clientSecret(), own.certificatePath(), own.certificatePassword(), own.federatedTokenFile());
        return GraphConnection.open(GraphSettings.builder(tenant, own.clientId(), credential)
                .graphUrl(config.url())
                .authority(config.authority())
                .allowHttpAuthority(config.allowHttpAuthority())
                .quota(config.quotaShare(), config.quotaScale())
                .priority(GraphSettings.Priority.NORMAL)
                .build());
    }
}
