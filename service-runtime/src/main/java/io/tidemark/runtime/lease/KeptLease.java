package io.tidemark.runtime.lease;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A lease that is renewed while work goes on, for work whose steps may take longer than the lease. It counts as lost some time before it
 * ends, so that whoever asks has stopped when another holder takes it.
 */
public final class KeptLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeptLease.class);
    private static final int RENEWALS = 3;

    private final LeaseStore leases;
    private final Duration length;
    private final Clock clock;
    private final ScheduledFuture<?> renewal;
    private volatile Lease lease;
    private volatile boolean lost;

    /**
     * Keeps a lease until it is closed.
     *
     * @param lease as it was acquired
     * @param length for how long it was acquired, and is renewed each time
     * @param timer on which it is renewed, three times in that length
     */
    public KeptLease(LeaseStore leases, Lease lease, Duration length, Clock clock, ScheduledExecutorService timer) {
        this.leases = leases;
        this.lease = lease;
        this.length = length;
        this.clock = clock;
        long interval = Math.max(1, length.toMillis() / RENEWALS);
        this.renewal = timer.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** What the lease is about. */
    public String name() {
        return lease.name();
    }

    /** What every write under this lease carries. */
    public long fence() {
        return lease.fence();
    }

    /** Whether the lease is surely held. */
    public boolean isHeld() {
        Instant safeUntil = lease.until().minus(length.dividedBy(RENEWALS));
        return !lost && !clock.instant().isAfter(safeUntil);
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
            if (renewed.isPresent()) {
                lease = renewed.get();
            } else {
                lost = true;
            }
        } catch (RuntimeException e) {
            // The store may be back before the lease ends; until then isHeld() stops the work in time.
            LOG.warnf(
                    "lease not renewed lease=%s reason=%s",
                    lease.name(), e.getClass().getSimpleName());
        }
    }
}
