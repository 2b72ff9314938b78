package io.tidemark.graph.pace;

/** What one request costs in one lane. */
public record Charge(Lane lane, int units) {

    public Charge {
        if (units < 1) {
            throw new IllegalArgumentException("a charge must be at least one unit");
        }
    }
}
