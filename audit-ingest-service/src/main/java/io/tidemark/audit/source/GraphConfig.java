package io.tidemark.audit.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How Microsoft Graph is reached. */
@ConfigMapping(prefix = "tidemark.graph")
public interface GraphConfig {

    /** Graph's address with its version. */
    @WithDefault("https://graph.microsoft.com/v1.0")
    URI url();

    /** Where tokens are issued. */
    @WithDefault("https://login.microsoftonline.com")
    URI authority();

    /** Whether tokens may be asked for without TLS, on loopback only. */
    @WithDefault("false")
    boolean allowHttpAuthority();

    /** Which part of Graph's quotas this service may use. */
    @WithDefault("0.8")
    double quotaShare();

    /** How much larger the quotas are than Graph's own; for simulators. */
    @WithDefault("1")
    double quotaScale();

    /** How long one request is repeated before it is given up. */
    @WithDefault("PT5M")
    Duration patience();

    /** The tenants, by directory id. */
    Map<String, Tenant> tenants();

    /** How the service proves to one tenant who it is: exactly one credential. */
    interface Tenant {

        /** The application's id. */
        String clientId();

        /** A client secret. */
        Optional<String> clientSecret();

        /** A certificate with its private key. */
        Optional<Path> certificatePath();

        /** The certificate file's password. */
        Optional<String> certificatePassword();

        /** A file with a token of another identity provider. */
        Optional<Path> federatedTokenFile();
    }
}
