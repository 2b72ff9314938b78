package io.tidemark.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where the services listen. */
@ConfigMapping(prefix = "tidemark.services")
public interface ServicesConfig {

    /** The snapshot service. */
    @WithDefault("http://127.0.0.1:8081")
    URI snapshotUrl();

    /** The audit ingest service. */
    @WithDefault("http://127.0.0.1:8082")
    URI auditUrl();

    /** The diff service. */
    @WithDefault("http://127.0.0.1:8083")
    URI diffUrl();

    /** The restore service. */
    @WithDefault("http://127.0.0.1:8084")
    URI restoreUrl();
}
