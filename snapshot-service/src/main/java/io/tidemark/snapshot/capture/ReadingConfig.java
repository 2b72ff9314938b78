package io.tidemark.snapshot.capture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What captures read. */
@ConfigMapping(prefix = "tidemark.capture")
public interface ReadingConfig {

    /** Whether properties that Graph declares and the catalogue does not know are looked for and recorded. */
    @WithDefault("true")
    boolean newerProperties();
}
