package io.tidemark.snapshot.schedule;

import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps one lease while work goes on, and knows when it is lost. */
final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
    private static final int RENEWALS = 3;

    private final LeaseStore leases;
    private final Duration duration;
    private final Clock clock;
    private final ScheduledFuture<?> renewal;
    private volatile Lease lease;
    private volatile boolean lost;

    LeaseKeeper(LeaseStore leases, Lease lease, Duration duration, Clock clock, ScheduledExecutorService timer) {
        this.leases = leases;
        this.lease = lease;
        this.duration = duration;
        this.clock = clock;
        long period = duration.toMillis() / RENEWALS;
        this.renewal = timer.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    long fence() {
        return lease.fence();
    }

    boolean isHeld() {
        return !lost && clock.instant().isBefore(lease.until());
    }

    @Override
    public void close() {
        renewal.cancel(false);
        if (isHeld()) {
            leases.release(lease);
        }
    }

    private void renew() {
        try {
            Optional<Lease> renewed = leases.renew(lease, duration);
            if (renewed.isPresent()) {
                lease = renewed.get();
            } else {
                lost = true;
            }
        } catch (RuntimeException e) {
            // The store may be back before the lease ends.
            LOG.warnf(
                    "lease not renewed lease=%s reason=%s",
                    lease.name(), e.getClass().getSimpleName());
        }
    }
}
