package io.tidemark.snapshot.capture;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.pace.LaneStatistics;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The protected tenants and the way to each. */
@ApplicationScoped
public class Tenants {

    private final GraphConfig config;
    private final Clock clock;
    private final Map<TenantId, GraphConfig.Tenant> configured;
    private final Map<TenantId, GraphConnection> connections = new ConcurrentHashMap<>();

    Tenants(GraphConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.configured = config.tenants().entrySet().stream()
                .collect(Collectors.toMap(tenant -> TenantId.parse(tenant.getKey()), Map.Entry::getValue));
    }

    /** Refuses to start with a tenant that is not configured well. */
    void check(@Observes StartupEvent event) {
        configured.forEach((tenant, chosen) -> {
            try {
                GraphSettings unused = settings(tenant, chosen);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tenant " + tenant + ": " + e.getMessage(), e);
            }
        });
    }

    /** All protected tenants. */
    public Set<TenantId> all() {
        return configured.keySet();
    }

    /**
     * The tenant as it is now.
     *
     * @throws IllegalArgumentException if the tenant is not configured, or not well
     */
    public LiveTenant open(TenantId tenant) {
        return new GraphLiveTenant(connections.computeIfAbsent(tenant, this::connect));
    }

    /** Requests sent so far, by lane and status, all tenants together. */
    public Map<String, Map<Integer, Long>> requests() {
        Map<String, Map<Integer, Long>> requests = new TreeMap<>();
        for (GraphConnection connection : connections.values()) {
            connection.pacer().statistics().forEach((lane, statistics) -> {
                Map<Integer, Long> ofLane =
                        requests.computeIfAbsent(lane.name().toLowerCase(Locale.ROOT), unused -> new TreeMap<>());
                add(statistics, ofLane);
            });
        }
        return requests;
    }

    void close(@Observes ShutdownEvent event) {
        connections.values().forEach(GraphConnection::close);
        connections.clear();
    }

    private GraphConnection connect(TenantId tenant) {
        GraphConfig.Tenant chosen = configured.get(tenant);
        if (chosen == null) {
            throw new IllegalArgumentException("tenant " + tenant + " is not configured");
        }
        return GraphConnection.open(settings(tenant, chosen));
    }

    private GraphSettings settings(TenantId tenant, GraphConfig.Tenant chosen) {
        Credential credential = Credential.exactlyOne(
                chosen.clientSecret(),
                chosen.certificatePath(),
                chosen.certificatePassword(),
                chosen.federatedTokenFile());
        return GraphSettings.builder(tenant, chosen.clientId(), credential)
                .graphUrl(config.url())
                .authority(config.authority())
                .allowHttpAuthority(config.allowHttpAuthority())
                .quota(config.quotaShare(), config.quotaScale())
                .patience(config.patience())
                .clock(clock)
                .build();
    }

    private static void add(LaneStatistics statistics, Map<Integer, Long> ofLane) {
        statistics.requestsByStatus().forEach((status, count) -> ofLane.merge(status, count, Long::sum));
    }
}
