package io.tidemark.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.GraphConnection;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantConnectionsTest {

    private static final TenantId ONE = TenantId.parse("0f6d1ad2-5d5e-4a5e-9c5c-0d8d0d9e3a11");
    private static final TenantId OTHER = TenantId.parse("2b7b1c63-8c65-4a0f-8a59-6c0b7f2f9c22");

    @Test
    void allOfAServiceSharesOneConnectionPerTenant() {
        TenantConnections connections = connections(secret(ONE), secret(OTHER));

        GraphConnection first = connections.of(ONE);

        assertThat(connections.of(ONE)).isSameAs(first);
        assertThat(connections.of(OTHER)).isNotSameAs(first);
        assertThat(connections.all()).containsExactlyInAnyOrder(ONE, OTHER);
        assertThat(connections.opened()).hasSize(2);
    }

    @Test
    void aTenantThatIsNotConfiguredIsRefused() {
        TenantConnections connections = connections(secret(ONE));

        assertThat(connections.knows(OTHER)).isFalse();
        assertThat(connections.ownAppIds(OTHER)).isEmpty();
        assertThat(connections.ownAppIds(ONE)).isEqualTo(Set.of("client"));
        assertThatThrownBy(() -> connections.of(OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void theServiceDoesNotStartWithATenantThatHasNoCredentialOrTwo() {
        TenantConnections none = connections(Map.of(of(ONE, "client-id"), "client"));
        TenantConnections two = connections(secret(ONE), Map.of(of(ONE, "federated-token-file"), "token"));

        assertThatThrownBy(() -> none.check(new StartupEvent())).hasMessageContaining(ONE.toString());
        assertThatThrownBy(() -> two.check(new StartupEvent()))
                .hasMessageContaining(ONE.toString())
                .hasMessageNotContaining("a secret");
    }

    @Test
    void aTenantOfANationalCloudHasAddressesOfItsOwn() {
        TenantConnections connections = connections(
                secret(ONE),
                secret(OTHER),
                Map.of(
                        of(OTHER, "url"), "https://graph.microsoft.us/v1.0",
                        of(OTHER, "authority"), "https://login.microsoftonline.us"));

        assertThat(connections.of(ONE).settings().graphUrl()).isEqualTo(URI.create("https://graph.microsoft.com/v1.0"));
        assertThat(connections.of(OTHER).settings().graphUrl())
                .isEqualTo(URI.create("https://graph.microsoft.us/v1.0"));
        assertThat(connections.of(OTHER).settings().authority())
                .isEqualTo(URI.create("https://login.microsoftonline.us"));
    }

    private static Map<String, String> secret(TenantId tenant) {
        return Map.of(of(tenant, "client-id"), "client", of(tenant, "client-secret"), "a secret");
    }

    private static String of(TenantId tenant, String name) {
        return "tidemark.graph.tenants.\"" + tenant + "\"." + name;
    }

    @SafeVarargs
    private static TenantConnections connections(Map<String, String>... parts) {
        Map<String, String> settings = new HashMap<>();
        for (Map<String, String> part : parts) {
            settings.putAll(part);
        }
        GraphConfig config = new SmallRyeConfigBuilder()
                .withMapping(GraphConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(GraphConfig.class);
        return new TenantConnections(config, Clock.systemUTC());
    }
}
