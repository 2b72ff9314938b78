package io.tidemark.audit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A made-up tenant in a Graph simulator whose audit log is late and out of order, as Graph's is. */
public final class SimulatorResource implements QuarkusTestResourceLifecycleManager {

    public static final long SEED = 20260502;

    private GraphSimulator simulator;

    @Override
    public Map<String, String> start() {
        UUID tenant = SampleTenants.tenantId(SEED);
        simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(tenant)
                .seed(SEED)
                .lateness(new Lateness(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(3)))
                .tenantSeed(SampleTenants.of(
                        "contoso-like",
                        SEED,
                        Map.of("users", "300", "groups", "40", "applications", "30", "policies", "10")))
                .build());
        SampleClient auditor = SampleClients.of(SEED).named(SampleClients.AUDITOR);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tidemark.graph.url", simulator.graphUrl() + "/v1.0");
        settings.put("tidemark.graph.authority", simulator.authorityUrl().toString());
        settings.put("tidemark.graph.allow-http-authority", "true");
        settings.put("tidemark.graph.quota-scale", "100");
        settings.put("tidemark.graph.tenants.\"" + tenant + "\".client-id", auditor.clientId());
        settings.put("tidemark.graph.tenants.\"" + tenant + "\".client-secret", auditor.secret());
        settings.put("tidemark.audit.poll-interval", "PT1S");
        settings.put("simulator.tenant", tenant.toString());
        settings.put("simulator.graph", simulator.graphUrl().toString());
        settings.put("simulator.authority", simulator.authorityUrl().toString());
        return settings;
    }

    @Override
    public void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
