package io.tidemark.graph.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.graph.StubGraph;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphSettingsTest {

    private static final Credential.Secret SECRET = new Credential.Secret("s3cret-value");

    @Test
    void oneCredentialIsTaken() {
        assertThat(Credential.exactlyOne(Optional.of("s"), Optional.empty(), Optional.empty(), Optional.empty()))
                .isEqualTo(new Credential.Secret("s"));
        assertThat(Credential.exactlyOne(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Path.of("token"))))
                .isEqualTo(new Credential.FederatedToken(Path.of("token")));
    }

    @Test
    void noCredentialIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credential.exactlyOne(
                        Optional.empty(), Optional.empty(), Optional.of("password"), Optional.empty()))
                .withMessageContaining(
                        "exactly one of client-secret, client-secret-file, certificate-path and federated-token-file")
                .withMessageContaining("none is configured");
    }

    @Test
    void twoCredentialsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credential.exactlyOne(
                        Optional.of("s3cret-value"), Optional.of(Path.of("c.pem")), Optional.empty(), Optional.empty()))
                .withMessageContaining("2 are configured: client-secret, certificate-path")
                .withMessageNotContaining("s3cret-value");
    }

    @Test
    void secretsDoNotShowAsText() {
        GraphSettings settings =
                GraphSettings.builder(StubGraph.TENANT, "client", SECRET).build();

        assertThat(settings.toString() + settings.credential()).doesNotContain("s3cret-value");
        assertThat(new Credential.Certificate(Path.of("c.pfx"), Optional.of("s3cret-value")).toString())
                .doesNotContain("s3cret-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.contoso.example", "http://10.0.0.1", "http://127.0.0.1.contoso.example"})
    void anAuthorityWithoutTlsIsForLoopbackOnly(String authority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .authority(URI.create(authority))
                        .allowHttpAuthority(true)
                        .build())
                .withMessageContaining("http is for loopback only");
    }

    @Test
    void anAuthorityWithoutTlsMustBeAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder().authority(URI.create("http://127.0.0.1:8080")).build())
                .withMessageContaining("allow-http-authority=true");
    }

    @Test
    void graphWithoutTlsIsForLoopbackOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder()
                        .graphUrl(URI.create("http://graph.contoso.example/v1.0"))
                        .build())
                .withMessageContaining("http is for loopback only");
    }

    @Test
    void anAuthorityWithoutTlsTakesASecretOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphSettings.builder(
                                StubGraph.TENANT, "client", new Credential.FederatedToken(Path.of("token")))
                        .authority(URI.create("http://localhost:1"))
                        .allowHttpAuthority(true)
                        .build())
                .withMessageContaining("client secret only");
    }

    @Test
    void theScopeIsThatOfTheCloud() {
        assertThat(builder().build().scope()).isEqualTo("https://graph.microsoft.com/.default");
        assertThat(builder()
                        .graphUrl(URI.create("https://graph.microsoft.us/v1.0"))
                        .build()
                        .scope())
                .isEqualTo("https://graph.microsoft.us/.default");
        assertThat(builder()
                        .graphUrl(URI.create("http://127.0.0.1:9/v1.0"))
                        .build()
                        .scope())
                .isEqualTo("https://graph.microsoft.com/.default");
    }

    private static GraphSettings.Builder builder() {
        return GraphSettings.builder(StubGraph.TENANT, "client", SECRET);
    }
}
