package io.tidemark.restore.work;

import io.tidemark.restore.journal.FencedException;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps a lease while its restore is worked on, and says so as soon as it may have been lost. */
final class LeaseKeeper implements Tenure, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    private static final int RENEWALS_PER_LEASE = 3;

    private final LeaseStore leases;
    private final Duration length;
    private final Clock clock;
    private final ScheduledFuture<?> renewal;
    private volatile Lease lease;
    private volatile Instant safeUntil;
    private volatile boolean lost;

    LeaseKeeper(LeaseStore leases, Lease lease, Duration length, Clock clock, ScheduledExecutorService timer) {
        this.leases = leases;
        this.lease = lease;
        this.length = length;
        this.clock = clock;
        this.safeUntil = lease.until().minus(length.dividedBy(RENEWALS_PER_LEASE));
        long interval = Math.max(1, length.toMillis() / RENEWALS_PER_LEASE);
        this.renewal = timer.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public long fence() {
        return lease.fence();
    }

    @Override
    public void check() {
        if (lost || clock.instant().isAfter(safeUntil)) {
            throw new FencedException("lease " + lease.name() + " may have been lost");
        }
    }

    @Override
    public void close() {
        renewal.cancel(false);
        if (!lost) {
            leases.release(lease);
        }
    }

    private void renew() {
        try {
            Optional<Lease> renewed = leases.renew(lease, length);
            if (renewed.isEmpty()) {
                lost = true;
            } else {
                lease = renewed.get();
                safeUntil = lease.until().minus(length.dividedBy(RENEWALS_PER_LEASE));
            }
        } catch (RuntimeException e) {
            // Not renewed this time; check() stops the work before the lease has run out.
            LOG.warnf(
                    "lease was not renewed lease=%s reason=%s",
                    lease.name(), e.getClass().getSimpleName());
        }
    }
}
