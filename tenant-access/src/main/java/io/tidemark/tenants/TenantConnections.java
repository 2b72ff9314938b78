package io.tidemark.tenants;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One connection per protected tenant, opened at first use and shared by all of the service, for it keeps the pace of Graph's quotas. */
@ApplicationScoped
public class TenantConnections {

    private final GraphConfig config;
    private final Clock clock;
    private final Map<TenantId, GraphConnection> open = new ConcurrentHashMap<>();

    public TenantConnections(GraphConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Refuses to start with a tenant that is not configured well. */
    void check(@Observes StartupEvent event) {
        for (TenantId tenant : all()) {
            try {
                GraphSettings unused = settings(tenant);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tenant " + tenant + ": " + e.getMessage(), e);
            }
        }
    }

    /** All protected tenants. */
    public List<TenantId> all() {
        return config.tenants().keySet().stream().map(TenantId::parse).toList();
    }

    /** Whether the tenant is configured. */
    public boolean knows(TenantId tenant) {
        return identity(tenant).isPresent();
    }

    /**
     * The tenant's connection.
     *
     * @throws IllegalArgumentException if the tenant is not configured, or not with exactly one credential
     */
    public GraphConnection of(TenantId tenant) {
        return open.computeIfAbsent(tenant, wanted -> GraphConnection.open(settings(wanted)));
    }

    /** The connections that are open. */
    public Collection<GraphConnection> opened() {
        return List.copyOf(open.values());
    }

    /** The application ids that the service signs in with. */
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

    private GraphSettings settings(TenantId tenant) {
        GraphConfig.Identity own = identity(tenant)
                .orElseThrow(() -> new IllegalArgumentException("tenant " + tenant + " is not configured"));
        Credential credential = Credential.exactlyOne(
                own.clientSecret(),
                own.clientSecretFile(),
                own.certificatePath(),
                own.certificatePassword(),
                own.federatedTokenFile());
        return GraphSettings.builder(tenant, own.clientId(), credential)
                .graphUrl(own.url().orElseGet(config::url))
                .authority(own.authority().orElseGet(config::authority))
                .allowHttpAuthority(config.allowHttpAuthority())
                .quota(config.quotaShare(), config.quotaScale())
                .priority(config.priority())
                .patience(config.patience())
                .clock(clock)
                .build();
    }
}
