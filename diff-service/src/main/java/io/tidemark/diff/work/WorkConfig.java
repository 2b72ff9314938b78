package io.tidemark.diff.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long work is done. */
@ConfigMapping(prefix = "tidemark.work")
public interface WorkConfig {

    /** How often the queue is looked at. */
    @WithDefault("1s")
    String every();

    /** How many tasks are done at a time. */
    @WithDefault("2")
    int workers();

    /** How often a task that is cut off, by whatever, is tried before it is given up. */
    @WithDefault("12")
    int attempts();

    /** The longest time between two attempts. */
    @WithDefault("PT5M")
    Duration longestPause();
}
