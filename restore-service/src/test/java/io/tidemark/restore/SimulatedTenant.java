package io.tidemark.restore;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemark.directory.DirectoryObject;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.source.GraphLiveTenant;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import io.tidemark.tenants.GraphConfig;
import io.tidemark.tenants.TenantConnections;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        connections = new TenantConnections(config(simulator.graphUrl(), id()), Clock.systemUTC());
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

    /** Everything that the tenant shows now, of what can be put back. */
    public Recording record() {
        LiveTenant live = live();
        List<DirectoryObject> objects = new ArrayList<>();
        Set<Link> links = new HashSet<>();
        Map<ObjectId, ObjectKind> kinds = new HashMap<>();
        for (ObjectKind kind : ObjectKind.values()) {
            if (!Catalogue.of(kind).restorability().isRestorable()) {
                continue;
            }
            Map<ObjectRef, JsonObject> all = live.all(kind);
            all.forEach((ref, properties) -> {
                objects.add(new DirectoryObject(ref, properties));
                kinds.put(ref.id(), kind);
            });
            for (LinkKind link : LinkKind.values()) {
                if (link.source() == kind && Catalogue.of(link).restorability().isRestorable()) {
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
        String own = "tidemark.graph.tenants.\"" + tenant + "\".";
        return new SmallRyeConfigBuilder()
                .withMapping(GraphConfig.class)
                .withDefaultValues(Map.of(
                        "tidemark.graph.url",
                        simulator + "/v1.0",
                        "tidemark.graph.authority",
                        simulator.toString(),
                        "tidemark.graph.allow-http-authority",
                        "true",
                        "tidemark.graph.quota-share",
                        "0.9",
                        "tidemark.graph.quota-scale",
                        "1000",
                        own + "client-id",
                        restorer.clientId(),
                        own + "client-secret",
                        restorer.secret()))
                .build()
                .getConfigMapping(GraphConfig.class);
    }
}
