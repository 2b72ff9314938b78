package io.tidemark.snapshot.capture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How the tenants' Graph is reached. */
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

    /** Which part of Graph's quotas may be used. */
    @WithDefault("0.8")
    double quotaShare();

    /** How much larger than Graph's the quotas are: for simulators. */
    @WithDefault("1")
    double quotaScale();

    /** How long one request is repeated before it is given up. */
    @WithDefault("PT5M")
    Duration patience();

    /** The protected tenants, by id. */
    Map<String, Tenant> tenants();

    /** How the application proves who it is in one tenant: exactly one of secret, certificate and federated token. */
    interface Tenant {

        /** The application's own id. */
        String clientId();

        /** A client secret. */
        Optional<String> clientSecret();

        /** A certificate with its private key. */
        Optional<Path> certificatePath();

        /** The certificate file's password. */
        Optional<String> certificatePassword();

        /** A file that holds another identity provider's token. */
        Optional<Path> federatedTokenFile();
    }
}
