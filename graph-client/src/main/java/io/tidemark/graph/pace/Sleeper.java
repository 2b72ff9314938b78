package io.tidemark.graph.pace;

import java.time.Duration;

/** How a thread waits. Tests let time pass at once. */
@FunctionalInterface
public interface Sleeper {

    /** Really waits. */
    Sleeper SYSTEM =
            duration -> Thread.sleep(Math.max(1, duration.plusNanos(999_999).toMillis()));

    void sleep(Duration duration) throws InterruptedException;
}
