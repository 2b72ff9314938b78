package io.tidemark.simulator.quota;

/**
 * What a request costs.
 *
 * @param service the quota of which service: directory, conditionalAccess, reports or signInActivity
 * @param resourceUnits its cost in resource units
 * @param write whether it counts as a write
 */
public record Charge(String service, int resourceUnits, boolean write) {}
