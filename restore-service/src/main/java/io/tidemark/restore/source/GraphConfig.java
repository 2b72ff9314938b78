package io.tidemark.restore.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
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

    /** Whether tokens may be asked for over http, on loopback only; for the simulator. */
    @WithDefault("false")
    boolean allowHttpAuthority();

    /** Which part of Graph's quotas may be used. */
    @WithDefault("0.8")
    double quotaShare();

    /** How much faster than Graph's the quotas refill; for simulators. */
    @WithDefault("1")
    double quotaScale();

    /** The application's identity in each tenant, by tenant id. */
    Map<String, Identity> tenants();

    /** One identity, with exactly one credential. */
    interface Identity {

        /** The application's own id. */
        String clientId();

        /** A client secret. */
        Optional<String> clientSecret();

        /** A certificate with its private key. */
        Optional<Path> certificatePath();

        /** What the certificate is locked with. */
        Optional<String> certificatePassword();

        /** A file that holds a token of another identity provider. */
        Optional<Path> federatedTokenFile();
    }
}
