package io.tidemark.simulator.fault;

import java.time.Duration;

/**
 * How far replicas and the audit log lag behind.
 *
 * @param replicas for how long after a write readers may still see the former state; zero: never
 * @param audit how long after a write its audit event appears at the earliest
 * @param auditSpread how much later it may appear, by seed; events then come out of order
 */
public record Lateness(Duration replicas, Duration audit, Duration auditSpread) {

    /** Everything is seen at once. */
    public static final Lateness NONE = new Lateness(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Lateness {
        if (replicas.isNegative() || audit.isNegative() || auditSpread.isNegative()) {
            throw new IllegalArgumentException("lateness cannot be negative");
        }
    }

    /** Replicas that lag. */
    public static Lateness ofReplicas(Duration replicas) {
        return new Lateness(replicas, Duration.ZERO, Duration.ZERO);
    }
}
