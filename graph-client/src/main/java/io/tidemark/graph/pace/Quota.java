package io.tidemark.graph.pace;

/**
 * Which part of Graph's quotas may be used.
 *
 * @param share the part of each quota that is ours, above 0 up to 1
 * @param scale how many times Graph's quotas are granted; 1 for Graph itself, more for simulators with fast quotas
 */
public record Quota(double share, double scale) {

    public static final Quota DEFAULT = new Quota(0.8, 1);

    public Quota {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("quota share must be above 0 and at most 1");
        }
        if (!(scale > 0 && scale <= 1_000_000)) {
            throw new IllegalArgumentException("quota scale must be above 0");
        }
    }
}
