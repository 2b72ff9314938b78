package io.tidemark.runtime.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How topics are named. */
@ConfigMapping(prefix = "tidemark.topics")
public interface TopicsConfig {

    /** What every topic's name begins with. */
    @WithDefault("tidemark")
    String prefix();
}
