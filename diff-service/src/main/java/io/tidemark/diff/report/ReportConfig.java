package io.tidemark.diff.report;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How reports are built. */
@ConfigMapping(prefix = "tidemark.report")
public interface ReportConfig {

    /** How often the queue is looked at for reports that nobody builds. */
    @WithDefault("1s")
    String every();

    /** How many reports are built at a time. */
    @WithDefault("4")
    int workers();

    /** How often a report whose building is cut off, by whatever, is tried before it is given up. */
    @WithDefault("12")
    int attempts();

    /** The longest time between two attempts. */
    @WithDefault("PT5M")
    Duration longestPause();

    /** How long a report waits for the capture of the live tenant. */
    @WithDefault("PT10M")
    Duration livePatience();
}
