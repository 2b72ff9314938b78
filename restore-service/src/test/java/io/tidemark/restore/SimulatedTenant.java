package io.tidemark.restore;

import io.tidemark.directory.DirectoryObject;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.source.GraphConfig;
import io.tidemark.restore.source.GraphLiveTenant;
import io.tidemark.restore.source.TenantConnections;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A made-up tenant in a simulator, its incidents, and recordings of how it was. */
public final class SimulatedTenant implements AutoCloseable {

    public static final long SEED = 11;

    private final GraphSimulator simulator;
    private final TenantConnections connections;

    public SimulatedTenant(QuotaMode quotas, Map<String, String> options) {
        simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(SampleTenants.tenantId(SEED))
                .quotas(quotas)
                .seed(SEED)
                .tenantSeed(SampleTenants.of("contoso-like", SEED, options))
                .build());
        connections = new TenantConnections(config(simulator.graphUrl(), id()));
    }

    public GraphSimulator simulator() {
        return simulator;
    }

    public TenantId id() {
        return new TenantId(simulator.tenant().id());
    }

    public TenantConnections connections() {
        return connections;
    }

    public GraphConnection connection() {
        return connections.of(id());
    }

    public LiveTenant live() {
        return new GraphLiveTenant(connection());
    }

    public IncidentSummary play(String name, Map<String, String> parameters) {
        Incident incident = Incident.named(name);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            incident = incident.with(parameter.getKey(), parameter.getValue());
        }
        return IncidentRunner.of(
                        simulator.graphUrl(),
                        simulator.authorityUrl(),
                        simulator.tenant().id(),
                        SampleClients.of(SEED))
                .play(incident);
    }

    /** Everything that the tenant shows now. */
    public Recording record() {
        LiveTenant live = live();
        List<DirectoryObject> objects = new ArrayList<>();
        Set<Link> links = new HashSet<>();
        Map<ObjectId, ObjectKind> kinds = new HashMap<>();
        for (ObjectKind kind : ObjectKind.values()) {
            Map<ObjectRef, JsonObject> all = live.all(kind);
            all.forEach((ref, properties) -> {
                objects.add(new DirectoryObject(ref, properties));
                kinds.put(ref.id(), kind);
            });
            for (LinkKind link : LinkKind.values()) {
                if (link.source() == kind) {
                    live.targets(link, all.keySet().stream().map(ObjectRef::id).toList())
                            .forEach((source, targets) ->
                                    targets.forEach(target -> links.add(new Link(link, source, target))));
                }
            }
        }
        return new Recording(simulator.clock().instant(), objects, links, kinds);
    }

    @Override
    public void close() {
        connection().close();
        simulator.close();
    }

    /** How a simulated tenant's Graph is reached. */
    public static GraphConfig config(URI simulator, TenantId tenant) {
        SampleClient restorer = SampleClients.of(SEED).named(SampleClients.RESTORER);
        return new GraphConfig() {
            @Override
            public URI url() {
                return URI.create(simulator + "/v1.0");
            }

            @Override
            public URI authority() {
                return simulator;
            }

            @Override
            public boolean allowHttpAuthority() {
                return true;
            }

            @Override
            public double quotaShare() {
                return 0.9;
            }

            @Override
            public double quotaScale() {
                return 1000;
            }

            @Override
            public Map<String, Identity> tenants() {
                return Map.of(tenant.toString(), identity(restorer));
            }
        };
    }

    private static GraphConfig.Identity identity(SampleClient client) {
        return new GraphConfig.Identity() {
            @Override
            public String clientId() {
                return client.clientId();
            }

            @Override
            public Optional<String> clientSecret() {
                return Optional.of(client.secret());
            }

            @Override
            public Optional<Path> certificatePath() {
                return Optional.empty();
            }

            @Override
            public Optional<String> certificatePassword() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> federatedTokenFile() {
                return Optional.empty();
            }
        };
    }
}
