package io.tidemark.snapshot.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** When and how captures run. */
@ConfigMapping(prefix = "tidemark.capture")
public interface ScheduleConfig {

    /** How often everything is read, as an ISO duration, or {@code off}. */
    @WithDefault("PT24H")
    String fullEvery();

    /** How often changes are read, as an ISO duration, or {@code off}. */
    @WithDefault("PT5M")
    String incrementalEvery();

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

    /** How many times a capture that is interrupted is begun again. */
    @WithDefault("5")
    int attempts();

    /** The times of one tenant. */
    interface Times {

        /** As {@link ScheduleConfig#fullEvery()}. */
        Optional<String> fullEvery();

        /** As {@link ScheduleConfig#incrementalEvery()}. */
        Optional<String> incrementalEvery();
    }
}
