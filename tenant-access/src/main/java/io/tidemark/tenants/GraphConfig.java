package io.tidemark.tenants;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tidemark.graph.transport.GraphSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How each tenant's Graph is reached. */
@ConfigMapping(prefix = "tidemark.graph")
public interface GraphConfig {

    /** Graph's address with its version. */
    @WithDefault("https://graph.microsoft.com/v1.0")
    URI url();

    /** Where tokens are issued. */
    @WithDefault("https://login.microsoftonline.com")
    URI authority();

    /** Whether tokens may be asked for without TLS: only on loopback, for the simulator. */
    @WithDefault("false")
    boolean allowHttpAuthority();

    /** Which part of Graph's quotas this service may use. */
    @WithDefault("0.8")
    double quotaShare();

    /** How much larger the quotas are than Graph's own; for simulators. */
    @WithDefault("1")
    double quotaScale();

    /** What Graph sheds first when it is loaded: low before normal. */
    @WithDefault("normal")
    GraphSettings.Priority priority();

    /** How long one request is repeated before it is given up. */
    @WithDefault("PT5M")
    Duration patience();

    /** How the service proves who it is in each protected tenant, by tenant id. */
    Map<String, Identity> tenants();

    /** One identity, with exactly one credential. */
    interface Identity {

        /** Graph's address for this tenant, where it is another than the service's: a national cloud. */
        Optional<URI> url();

        /** Where this tenant's tokens are issued, where that is elsewhere. */
        Optional<URI> authority();

        /** The application's own id. */
        String clientId();

        /** A client secret. */
        Optional<String> clientSecret();

        /** A file that holds a client secret; read again for every token. */
        Optional<Path> clientSecretFile();

        /** A certificate with its private key. */
        Optional<Path> certificatePath();

        /** What the certificate is locked with. */
        Optional<String> certificatePassword();

        /** A file that holds another identity provider's token. */
        Optional<Path> federatedTokenFile();
    }
}
