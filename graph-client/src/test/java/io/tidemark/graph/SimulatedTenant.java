package io.tidemark.graph;

import io.tidemark.directory.TenantId;
import io.tidemark.graph.pace.Sleeper;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** A made-up tenant in a simulator, with a clock that simulator and client share. */
public final class SimulatedTenant implements AutoCloseable {

    private static final long SEED = 7;

    private final FastTime time = new FastTime();
    private final GraphSimulator simulator;

    public SimulatedTenant(QuotaMode quotas, Map<String, String> options) {
        simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(SampleTenants.tenantId(SEED))
                .quotas(quotas)
                .time(time)
                .seed(SEED)
                .tenantSeed(SampleTenants.of("tiny", SEED, options))
                .build());
    }

    public GraphSimulator simulator() {
        return simulator;
    }

    public FastTime time() {
        return time;
    }

    public GraphConnection connect(String client, double share) {
        return GraphConnection.open(settings(client)
                .authority(simulator.authorityUrl())
                .allowHttpAuthority(true)
                .quota(share, 1)
                .build());
    }

    public GraphSettings.Builder settings(String client) {
        SampleClient identity = SampleClients.of(SEED).named(client);
        return GraphSettings.builder(
                        new TenantId(simulator.tenant().id()),
                        identity.clientId(),
                        new Credential.Secret(identity.secret()))
                .graphUrl(URI.create(simulator.graphUrl() + "/v1.0"))
                .clock(time)
                .sleeper(time);
    }

    /** Settings that run in real time, for what azure-identity does with the time by itself. */
    public GraphSettings.Builder settingsInRealTime(String client) {
        return settings(client).clock(Clock.systemUTC()).sleeper(Sleeper.SYSTEM);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
