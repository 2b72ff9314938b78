package io.tidemark.restore.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where the other services are. */
@ConfigMapping(prefix = "tidemark.services")
public interface ServicesConfig {

    /** Where history can be asked. */
    @WithDefault("http://127.0.0.1:8083")
    URI diffUrl();
}
