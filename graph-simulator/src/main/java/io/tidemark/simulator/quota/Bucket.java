package io.tidemark.simulator.quota;

import java.time.Duration;
import java.time.Instant;

/** A token bucket: full at the start, refilled steadily. */
final class Bucket {

    private final double capacity;
    private final double perSecond;
    private double tokens;
    private Instant filled;

    Bucket(double capacity, double perSecond, Instant now) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
        this.filled = now;
    }

    /** Takes tokens. Gives 0 if there were enough, else the seconds until there will be. */
    synchronized double take(double cost, Instant now) {
        refill(now);
        if (tokens >= cost) {
            tokens -= cost;
            return 0;
        }
        return (cost - tokens) / perSecond;
    }

    /** The used share of the capacity. */
    synchronized double used(Instant now) {
        refill(now);
        return 1 - tokens / capacity;
    }

    private void refill(Instant now) {
        double seconds = Duration.between(filled, now).toNanos() / 1e9;
        if (seconds > 0) {
            tokens = Math.min(capacity, tokens + seconds * perSecond);
            filled = now;
        }
    }
}
