package io.tidemark.diff.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What of the past is kept. */
@ConfigMapping(prefix = "tidemark.retention")
public interface RetentionConfig {

    /** For how long every snapshot and version is kept: an ISO duration of an hour or more, or {@code off}: everything is kept for good. */
    @WithDefault(Policies.OFF)
    String window();

    /** For how many days after that the first good full snapshot of each day is kept. */
    @WithDefault("30")
    int daily();

    /** For how many weeks after the days the first good full snapshot of each week is kept. */
    @WithDefault("8")
    int weekly();

    /** For how many months after the weeks the first good full snapshot of each month is kept; {@code ever}: without an end. */
    @WithDefault(Policies.EVER)
    String monthly();

    /** How many of the last good full snapshots are kept however old they are; one at least. */
    @WithDefault("3")
    int last();

    /** Other rules for single tenants, by tenant id. */
    Map<String, Rules> tenants();

    /** How often it is looked whether something is to be dropped. */
    @WithDefault("PT1H")
    Duration every();

    /** By how much more than this the clock must have gone on since the last round for nothing to be dropped by it at first. */
    @WithDefault("P1D")
    Duration clockLeap();

    /** How long after such a leap a good full snapshot must be sealed for the clock to be believed. */
    @WithDefault("PT12H")
    Duration clockHold();

    /** For how long the moment of a restore or its preview is kept after it was asked for last. */
    @WithDefault("P7D")
    Duration referred();

    /** The rules of one tenant; what is left out is as for all. */
    interface Rules {

        /** As {@link RetentionConfig#window()}. */
        Optional<String> window();

        /** As {@link RetentionConfig#daily()}. */
        Optional<Integer> daily();

        /** As {@link RetentionConfig#weekly()}. */
        Optional<Integer> weekly();

        /** As {@link RetentionConfig#monthly()}. */
        Optional<String> monthly();

        /** As {@link RetentionConfig#last()}. */
        Optional<Integer> last();
    }
}
