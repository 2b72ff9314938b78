package io.tidemark.graph.transport;

import io.tidemark.directory.TenantId;
import io.tidemark.graph.pace.Quota;
import io.tidemark.graph.pace.Sleeper;
import java.net.URI;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one tenant's Graph is reached.
 *
 * @param graphUrl Graph's address with its version, such as {@code https://graph.microsoft.com/v1.0}
 * @param authority where tokens are issued, such as {@code https://login.microsoftonline.com}
 * @param tenant the tenant
 * @param clientId the application's own id
 * @param credential how the application proves who it is
 * @param allowHttpAuthority whether tokens may be asked for without TLS; only ever on loopback, for the simulator
 * @param quota which part of Graph's quotas may be used
 * @param priority what Graph sheds first when it is under load
 * @param patience how long one request is repeated before it is given up
 * @param readTimeout how long an answer may stay silent
 * @param trust whom to trust for TLS; empty for those whom the platform trusts
 * @param clock the time
 * @param sleeper how to wait
 */
public record GraphSettings(
        URI graphUrl,
        URI authority,
        TenantId tenant,
        String clientId,
        Credential credential,
        boolean allowHttpAuthority,
        Quota quota,
        Priority priority,
        Duration patience,
        Duration readTimeout,
        Optional<KeyStore> trust,
        Clock clock,
        Sleeper sleeper) {

    public static final URI PUBLIC_GRAPH = URI.create("https://graph.microsoft.com/v1.0");
    public static final URI PUBLIC_AUTHORITY = URI.create("https://login.microsoftonline.com");

    /** Graph's throttling priority. */
    public enum Priority {
        LOW,
        NORMAL,
        HIGH;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GraphSettings {
        checkAddress(graphUrl, "graph url", true);
        checkAddress(authority, "authority", allowHttpAuthority);
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("client-id is empty");
        }
        if (authority.getScheme().equals("http")
                && !(credential instanceof Credential.Secret || credential instanceof Credential.SecretFile)) {
            throw new IllegalArgumentException("an authority without TLS takes a client secret only");
        }
    }

    /** Settings for the public cloud, to be changed where needed. */
    public static Builder builder(TenantId tenant, String clientId, Credential credential) {
        return new Builder(tenant, clientId, credential);
    }

    /** The scope that a token is asked for. */
    String scope() {
        return isLoopback(graphUrl)
                ? "https://graph.microsoft.com/.default"
                : "https://" + graphUrl.getHost() + "/.default";
    }

    @Override
    public String toString() {
        return "Graph of tenant " + tenant + " at " + graphUrl;
    }

    static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host != null && List.of("localhost", "127.0.0.1", "[::1]", "::1").contains(host);
    }

    private static void checkAddress(URI address, String name, boolean httpAllowed) {
        if (address.getHost() == null || address.getScheme() == null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " is not an absolute https address");
        }
        if (address.getScheme().equals("https")) {
            return;
        }
        if (!address.getScheme().equals("http")) {
            throw new IllegalArgumentException(name + " must be an https address");
        }
        if (!httpAllowed) {
            throw new IllegalArgumentException(
                    name + " must be an https address; http on loopback needs allow-http-authority=true");
        }
        if (!isLoopback(address)) {
            throw new IllegalArgumentException(name + " must be an https address: http is for loopback only");
        }
    }

    /** Collects what differs from the public cloud's settings. */
    public static final class Builder {

        private final TenantId tenant;
        private final String clientId;
        private final Credential credential;
        private URI graphUrl = PUBLIC_GRAPH;
        private URI authority = PUBLIC_AUTHORITY;
        private boolean allowHttpAuthority;
        private Quota quota = Quota.DEFAULT;
        private Priority priority = Priority.NORMAL;
        private Duration patience = Duration.ofMinutes(5);
        private Duration readTimeout = Duration.ofSeconds(100);
        private Optional<KeyStore> trust = Optional.empty();
        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.SYSTEM;

        private Builder(TenantId tenant, String clientId, Credential credential) {
            this.tenant = tenant;
            this.clientId = clientId;
            this.credential = credential;
        }

        public Builder graphUrl(URI address) {
            this.graphUrl = address;
            return this;
        }

        public Builder authority(URI address) {
            this.authority = address;
            return this;
        }

        public Builder allowHttpAuthority(boolean allowed) {
            this.allowHttpAuthority = allowed;
            return this;
        }

        public Builder quota(double share, double scale) {
            this.quota = new Quota(share, scale);
            return this;
        }

        public Builder priority(Priority chosen) {
            this.priority = chosen;
            return this;
        }

        public Builder patience(Duration longest) {
            this.patience = longest;
            return this;
        }

        public Builder readTimeout(Duration longest) {
            this.readTimeout = longest;
            return this;
        }

        public Builder trust(KeyStore authorities) {
            this.trust = Optional.of(authorities);
            return this;
        }

        public Builder clock(Clock time) {
            this.clock = time;
            return this;
        }

        public Builder sleeper(Sleeper waiting) {
            this.sleeper = waiting;
            return this;
        }

        public GraphSettings build() {
            return new GraphSettings(
                    graphUrl,
                    authority,
                    tenant,
                    clientId,
                    credential,
                    allowHttpAuthority,
                    quota,
                    priority,
                    patience,
                    readTimeout,
                    trust,
                    clock,
                    sleeper);
        }
    }
}
