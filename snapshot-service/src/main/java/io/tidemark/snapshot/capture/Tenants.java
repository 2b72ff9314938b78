package io.tidemark.snapshot.capture;

import io.tidemark.directory.TenantId;
import io.tidemark.graph.pace.LaneStatistics;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.capture.newer.NewerProperties;
import io.tidemark.snapshot.capture.newer.NewerPropertyStore;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import io.tidemark.snapshot.capture.newer.StoredNewerSelection;
import io.tidemark.tenants.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The protected tenants as they are now. */
@ApplicationScoped
public class Tenants {

    private final TenantConnections connections;
    private final NewerPropertyStore newer;
    private final ReadingConfig config;
    private final Clock clock;

    Tenants(TenantConnections connections, NewerPropertyStore newer, ReadingConfig config, Clock clock) {
        this.connections = connections;
        this.newer = newer;
        this.config = config;
        this.clock = clock;
    }

    /** All protected tenants. */
    public Collection<TenantId> all() {
        return connections.all();
    }

    /**
     * The tenant as it is now.
     *
     * @throws IllegalArgumentException if the tenant is not configured, or not well
     */
    public LiveTenant open(TenantId tenant) {
        return new GraphLiveTenant(
                connections.of(tenant),
                reader -> config.newerProperties()
                        ? new StoredNewerSelection(reader, newer, tenant, clock)
                        : NewerSelection.NONE);
    }

    /** What is known of the tenant's properties that are newer than the catalogue; nothing if they are not wanted. */
    public NewerProperties newerProperties(TenantId tenant) {
        return config.newerProperties() ? newer.load(tenant) : NewerProperties.NONE;
    }

    /** The application permissions that were granted to us in the tenant; empty if nobody gives us a token. */
    public Optional<Set<String>> grantedPermissions(TenantId tenant) {
        try {
            return Optional.of(connections.of(tenant).grantedRoles());
        } catch (GraphException e) {
            return Optional.empty();
        }
    }

    /** Requests sent so far, by lane and status, all tenants together. */
    public Map<String, Map<Integer, Long>> requests() {
        Map<String, Map<Integer, Long>> requests = new TreeMap<>();
        for (GraphConnection connection : connections.opened()) {
            connection.pacer().statistics().forEach((lane, statistics) -> {
                Map<Integer, Long> ofLane =
                        requests.computeIfAbsent(lane.name().toLowerCase(Locale.ROOT), unused -> new TreeMap<>());
                add(statistics, ofLane);
            });
        }
        return requests;
    }

    private static void add(LaneStatistics statistics, Map<Integer, Long> ofLane) {
        statistics.requestsByStatus().forEach((status, count) -> ofLane.merge(status, count, Long::sum));
    }
}
