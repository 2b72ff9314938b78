package io.tidemark.console;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Leaves out what says nothing. */
@ApplicationScoped
class UsefulMeters {

    /** Two groups of threads register their number under this one name; the first is shown as if it were all, and a warning is logged. */
    @Produces
    @Singleton
    MeterFilter withoutNumberOfNettyThreads() {
        return MeterFilter.denyNameStartsWith("netty.eventexecutor.workers");
    }
}
