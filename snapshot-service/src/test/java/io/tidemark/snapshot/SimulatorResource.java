package io.tidemark.snapshot;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A made-up tenant in a Graph simulator, which the service is told to capture: a small one, unless a measurement asks for another by properties. */
public final class SimulatorResource implements QuarkusTestResourceLifecycleManager {

    private static final long SEED = 20260301;

    private GraphSimulator simulator;

    @Override
    public Map<String, String> start() {
        UUID tenant = SampleTenants.tenantId(SEED);
        simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(tenant)
                .seed(SEED)
                .tenantSeed(SampleTenants.of(
                        System.getProperty("tenant.size", "contoso-like"),
                        SEED,
                        Map.of(
                                "users", System.getProperty("tenant.users", "300"),
                                "groups", System.getProperty("tenant.groups", "40"),
                                "applications", System.getProperty("tenant.applications", "30"),
                                "policies", "10")))
                .build());
        SampleClient reader = SampleClients.of(SEED).named(SampleClients.READER);
        SampleClient writer = SampleClients.of(SEED).named(SampleClients.HELPDESK_TOOL);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("tidemark.graph.url", simulator.graphUrl() + "/v1.0");
        settings.put("tidemark.graph.authority", simulator.authorityUrl().toString());
        settings.put("tidemark.graph.allow-http-authority", "true");
        settings.put("tidemark.graph.quota-scale", System.getProperty("tenant.quota-scale", "1000"));
        settings.put("tidemark.graph.patience", "PT3S");
        settings.put("tidemark.graph.tenants.\"" + tenant + "\".client-id", reader.clientId());
        settings.put("tidemark.graph.tenants.\"" + tenant + "\".client-secret", reader.secret());
        settings.put("tidemark.services.diff-url", "http://127.0.0.1:" + freePort());
        settings.put("tidemark.capture.full", "off");
        settings.put("tidemark.capture.incremental", "off");
        settings.put("tidemark.capture.lease", "PT3S");
        settings.put("simulator.tenant", tenant.toString());
        settings.put("simulator.graph", simulator.graphUrl().toString());
        settings.put("simulator.control", simulator.controlUrl().toString());
        settings.put("simulator.writer.id", writer.clientId());
        settings.put("simulator.writer.secret", writer.secret());
        return settings;
    }

    @Override
    public void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    // Nobody listens there, unless a test does.
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
