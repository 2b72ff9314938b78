package io.tidemark.console;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Leaves out what says nothing. */
@ApplicationScoped
class UsefulMeters {

    private static final String TENANTS = "/api/v1/tenants/";

    /** Two groups of threads register their number under this one name; the first is shown as if it were all, and a warning is logged. */
    @Produces
    @Singleton
    MeterFilter withoutNumberOfNettyThreads() {
        return MeterFilter.denyNameStartsWith("netty.eventexecutor.workers");
    }

    /**
     * Addresses as they were asked for hold ids, and whatever else callers write into them. After a hundred of them nothing more would be
     * counted.
     */
    @Produces
    @Singleton
    MeterFilter withoutIdsOfCallers() {
        return MeterFilter.replaceTagValues(
                "uri", uri -> uri.startsWith(TENANTS) && !uri.startsWith(TENANTS + "{") ? TENANTS + "{tenant}/*" : uri);
    }
}
