package io.tidemark.graph.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.transport.GraphException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real credentials of azure-identity against an authority with TLS. */
class AzureIdentityTest {

    private final StubGraph graph = new StubGraph();

    @TempDir
    private Path folder;

    private HttpsAuthority authority;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        authority = new HttpsAuthority(folder);
        authority.answers(200, graph.freshToken(StubGraph.TENANT.toString()));
    }

    @AfterEach
    void stop() {
        authority.close();
        graph.close();
    }

    @Test
    void aClientSecretGetsATokenOnceForManyRequests() {
        graph.answers(200, "{}").answers(200, "{}");

        try (GraphConnection connection = connect(new Credential.Secret("client secret value"))) {
            connection.send(GraphRequest.get("users/1"));
            connection.send(GraphRequest.get("users/2"));
        }

        assertThat(authority.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("POST /" + StubGraph.TENANT + "/oauth2/v2.0/token")
                        .contains("grant_type=client_credentials", "client_id=client", "client_secret=client"));
        assertThat(graph.asked())
                .hasSize(2)
                .allSatisfy(asked -> assertThat(asked.header("Authorization")).startsWith("Bearer e30."));
    }

    @Test
    void aCertificateSignsAnAssertion() throws IOException {
        graph.answers(200, "{}");
        Path certificate = folder.resolve("client.p12");
        HttpsAuthority.makeKey(certificate);

        try (GraphConnection connection =
                connect(new Credential.Certificate(certificate, Optional.of(new String(HttpsAuthority.PASSWORD))))) {
            connection.send(GraphRequest.get("users/1"));
        }

        assertThat(authority.requests())
                .singleElement()
                .satisfies(request -> assertThat(request).contains("client_assertion=ey", "jwt-bearer"));
    }

    @Test
    void aFederatedTokenIsReadFromItsFile() throws IOException {
        graph.answers(200, "{}");
        Path file = Files.writeString(folder.resolve("token"), "projected-token");

        try (GraphConnection connection = connect(new Credential.FederatedToken(file))) {
            connection.send(GraphRequest.get("users/1"));
        }

        assertThat(authority.requests())
                .singleElement()
                .satisfies(request -> assertThat(request).contains("client_assertion=projected-token"));
    }

    @Test
    void aRefusedSecretIsNamedByItsCodeAndNothingIsSentToGraph() {
        authority.answers(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided for app 'client'.\",\"error_codes\":[7000215]}");

        try (GraphConnection connection = connect(new Credential.Secret("client secret value"))) {
            GraphException failure =
                    catchThrowableOfType(GraphException.class, () -> connection.send(GraphRequest.get("users/1")));

            assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(failure.notSent()).isTrue();
            assertThat(failure).hasMessageContaining("AADSTS7000215");
            assertThat(failure.getMessage()).doesNotContain("client secret value");
        }
        assertThat(graph.asked()).isEmpty();
    }

    @Test
    void anAuthorityThatNobodyVouchesForGetsNoSecret() {
        GraphSettings settings = settings(new Credential.Secret("client secret value"))
                .patience(java.time.Duration.ZERO)
                .build();

        try (GraphConnection connection = GraphConnection.open(settings)) {
            GraphException failure =
                    catchThrowableOfType(GraphException.class, () -> connection.send(GraphRequest.get("users/1")));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        }
        assertThat(authority.requests()).isEmpty();
        assertThat(graph.asked()).isEmpty();
    }

    private GraphConnection connect(Credential credential) {
        try {
            return GraphConnection.open(
                    settings(credential).trust(authority.trust()).build());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private GraphSettings.Builder settings(Credential credential) {
        return GraphSettings.builder(StubGraph.TENANT, "client", credential)
                .graphUrl(URI.create(graph.root() + "/v1.0"))
                .authority(authority.url())
                .clock(Clock.systemUTC())
                .sleeper(new FastTime());
    }
}
