package io.tidemark.snapshot.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** When and how captures run. */
@ConfigMapping(prefix = "tidemark.capture")
public interface ScheduleConfig {

    /** When everything is read: an ISO duration, a cron expression of five fields by the clocks of {@link #zone()}, or {@code off}. */
    @WithDefault("PT24H")
    String full();

    /** When changes are read, as {@link #full()}. */
    @WithDefault("PT5M")
    String incremental();

    /** The time zone by whose clocks cron expressions are meant, such as {@code Europe/Berlin}. */
    @WithDefault("UTC")
    String zone();

    /** Whether what the audit log names is read again at once. */
    @WithDefault("true")
    boolean onChange();

    /** Other times for single tenants, by tenant id. */
    Map<String, Times> tenants();

    /** How many tenants are captured at the same time. */
    @WithDefault("2")
    int workers();

    /** How long a capture may stay silent before another service takes it for dead. */
    @WithDefault("PT20S")
    Duration lease();

    /** How many ended captures are kept per tenant, besides pinned ones. */
    @WithDefault("1000")
    int keep();

    /** How many times a capture that is interrupted, or that store or broker did not let come to its end, is begun at most. */
    @WithDefault("5")
    int attempts();

    /** The times of one tenant. */
    interface Times {

        /** As {@link ScheduleConfig#full()}. */
        Optional<String> full();

        /** As {@link ScheduleConfig#incremental()}. */
        Optional<String> incremental();

        /** As {@link ScheduleConfig#zone()}. */
        Optional<String> zone();
    }
}
