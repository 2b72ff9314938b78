package io.tidemark.simulator.tenant;

/** The first content of a tenant, told object by object so that a million of them need not be held twice. */
@FunctionalInterface
public interface TenantSeed {

    /** Tells everything to the sink. An object is told before a link that leaves it. */
    void emit(SeedSink sink);
}
