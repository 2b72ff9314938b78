package io.tidemark.graph.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.TenantId;
import io.tidemark.graph.SimulatedTenant;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorConnectionIT {

    @Test
    void theRealClientSecretCredentialGetsATokenFromTheAuthorityWithTls() throws IOException, GeneralSecurityException {
        long seed = 11;
        SampleClient reader = SampleClients.of(seed).named(SampleClients.READER);
        try (GraphSimulator simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(SampleTenants.tenantId(seed))
                .tenantSeed(SampleTenants.of("tiny", seed, Map.of()))
                .build())) {
            GraphSettings settings = GraphSettings.builder(
                            new TenantId(simulator.tenant().id()),
                            reader.clientId(),
                            new Credential.Secret(reader.secret()))
                    .graphUrl(URI.create(simulator.graphUrl() + "/v1.0"))
                    .authority(simulator.httpsAuthorityUrl())
                    .trust(trust(simulator))
                    .build();

            try (GraphConnection connection = GraphConnection.open(settings)) {
                assertThat(connection.fetch(GraphRequest.get("users?$top=1")).find("value"))
                        .isPresent();
                assertThat(connection.grantedRoles()).isEqualTo(reader.permissions());
                assertThat(connection.identity().servicePrincipalId()).contains(reader.servicePrincipalId());
            }
        }
    }

    @Test
    void theSimulatorLetsNobodyInWithoutAToken() throws IOException, InterruptedException {
        try (SimulatedTenant tenant = new SimulatedTenant(QuotaMode.OFF, Map.of())) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(tenant.simulator().graphUrl() + "/v1.0/users"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    private static KeyStore trust(GraphSimulator simulator) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(simulator.trustStore())) {
            trusted.load(in, "changeit".toCharArray());
        }
        return trusted;
    }
}
