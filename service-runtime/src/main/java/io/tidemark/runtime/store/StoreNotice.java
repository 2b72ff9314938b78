package io.tidemark.runtime.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Says once that somebody's work waits for a store that is away, and once that it goes on, however many threads met with it. */
public final class StoreNotice {

    private static final String TODO = "see whether the store is well";

    private final Logger log;
    private final String what;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * A notice that says nothing yet.
     *
     * @param log where it is said
     * @param what whose work it is
     */
    public StoreNotice(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** Does a round of the work. That the store is away is said; what nobody foresaw is thrown. */
    public void round(Runnable work) {
        try {
            work.run();
            over();
        } catch (RuntimeException e) {
            if (!covers(e)) {
                throw e;
            }
        }
    }

    /** Whether nothing more need be said of a failure, because the store is away. */
    public boolean covers(RuntimeException failure) {
        if (!MongoOutage.isBehind(failure)) {
            return false;
        }
        if (failures.getAndIncrement() == 0) {
            log.warnf(
                    "store does not answer, it is tried again what=%s reason=%s todo=%s",
                    what, failure.getClass().getSimpleName(), TODO);
        }
        return true;
    }

    private void over() {
        int failed = failures.getAndSet(0);
        if (failed > 0) {
            log.infof("store answers again what=%s failed=%d todo=none", what, failed);
        }
    }
}
