package io.tidemark.graph.pace;

import java.time.Duration;

/** One of Graph's quotas. What is spent in one lane leaves the others alone. */
public enum Lane {
    /** Resource units of identity reads, per application and tenant. The limit is that of the smallest tenants until more is known. */
    READ(3_500, Duration.ofSeconds(10)),
    /** Identity writes, per application and tenant. */
    WRITE(3_000, Duration.ofSeconds(150)),
    /** Conditional Access, reads and writes together, shared by all applications of the tenant; it sends no {@code Retry-After}. */
    CONDITIONAL_ACCESS(1, Duration.ofSeconds(1)),
    /** Audit log and other reports, per application and tenant. */
    REPORTS(5, Duration.ofSeconds(10));

    private final int units;
    private final Duration window;

    Lane(int units, Duration window) {
        this.units = units;
        this.window = window;
    }

    /** The units that Graph grants per window. */
    public int units() {
        return units;
    }

    public Duration window() {
        return window;
    }
}
