package io.tidemark.simulator.quota;

/** How strictly quotas are kept. */
public enum QuotaMode {
    /** As Graph documents them. */
    REAL(1),
    /** Twenty times as much. */
    FAST(20),
    /** Without limit; costs are still told. */
    OFF(0);

    private final double factor;

    QuotaMode(double factor) {
        this.factor = factor;
    }

    double factor() {
        return factor;
    }
}
