package io.tidemark.simulator.quota;

import java.time.Duration;
import java.time.Instant;

/** A token bucket: full at the start, refilled steadily. */
final class Bucket {

    // Four of five requests refused is the most that a percentage tells.
    private static final double MOST_DEBT = 0.8;
    private static final double FOR_HIGH = 0.05;
    private static final double FROM_LOW = 0.1;
    private static final Duration UNDER_PRESSURE = Duration.ofSeconds(10);

    private final double capacity;
    private final double perSecond;
    private double tokens;
    private Instant filled;
    private Instant refused = Instant.MIN;

    Bucket(double capacity, double perSecond, Instant now) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
        this.filled = now;
    }

    /**
     * Takes tokens. Gives 0 if there were enough, else the seconds until there will be; then the request counts all the
     * same if refusals do.
     */
    synchronized double take(double cost, Priority priority, boolean refusalsCount, Instant now) {
        refill(now);
        double kept = reserve(priority, now);
        if (tokens - cost >= kept) {
            tokens -= cost;
            return 0;
        }
        refused = now;
        if (refusalsCount) {
            tokens = Math.max(-MOST_DEBT * capacity, tokens - cost);
        }
        return Math.max(0, cost + Math.max(kept, 0) - tokens) / perSecond;
    }

    /** What a request must leave: after a refusal those of low priority wait longest, those of high priority least. */
    private double reserve(Priority priority, Instant now) {
        boolean pressed = refused.isAfter(now.minus(UNDER_PRESSURE));
        return switch (priority) {
            case LOW -> pressed ? FROM_LOW * capacity : 0;
            case NORMAL -> 0;
            case HIGH -> -FOR_HIGH * capacity;
        };
    }

    /** Gives back what was taken for a request that another limit refused. */
    synchronized void giveBack(double cost) {
        tokens = Math.min(capacity, tokens + cost);
    }

    /** The used share of the capacity; above 1 when refused requests count. */
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
