package io.tidemark.snapshot.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.snapshot.capture.CaptureStoppedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * Looks for pending captures and runs them: one at a time per tenant, wherever the service runs, and some tenants side by side, in turn.
 * Targeted captures do not wait for a longer one of their tenant to end: it makes room for them, see {@link CaptureRunner}.
 */
@ApplicationScoped
public class CaptureWorker {

    private static final Logger LOG = Logger.getLogger(CaptureWorker.class);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(8);

    private static final Comparator<Capture> URGENCY = Comparator.comparing(
                    (Capture capture) -> capture.state() != Capture.State.RUNNING)
            .thenComparing(capture -> capture.order().mode() != CaptureMode.TARGETED)
            .thenComparing(Capture::requestedAt);

    private final CaptureStore captures;
    private final CaptureRunner runner;
    private final LeaseStore leases;
    private final ScheduleConfig config;
    private final Clock clock;
    private final Set<TenantId> busy = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "capture-lease"));
    private final CapturePool pool;
    private volatile boolean started;
    private volatile boolean ending;

    CaptureWorker(CaptureStore captures, CaptureRunner runner, LeaseStore leases, ScheduleConfig config, Clock clock) {
        this.captures = captures;
        this.runner = runner;
        this.leases = leases;
        this.config = config;
        this.clock = clock;
        this.pool = new CapturePool(config.workers(), clock);
    }

    void begin(@Observes StartupEvent event) {
        started = true;
    }

    void end(@Observes ShutdownEvent event) {
        ending = true;
        try {
            if (!pool.end(PATIENCE_AT_THE_END)) {
                LOG.warn("captures still running at shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }

    /** Looks for pending captures now. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        if (!started || ending) {
            return;
        }
        pool.tend();
        for (Capture pending : captures.pending()) {
            TenantId tenant = pending.order().tenant();
            if (busy.add(tenant)) {
                dispatch(tenant);
            }
        }
    }

    private void dispatch(TenantId tenant) {
        try {
            pool.execute(tenant, () -> {
                try {
                    work(tenant);
                } catch (RuntimeException e) {
                    LOG.warnf(
                            "captures not run tenant=%s reason=%s",
                            tenant, e.getClass().getSimpleName());
                } finally {
                    busy.remove(tenant);
                }
            });
        } catch (RejectedExecutionException e) {
            busy.remove(tenant);
        }
    }

    private void work(TenantId tenant) {
        Optional<Lease> lease = leases.acquire("capture|" + tenant, config.lease());
        if (lease.isEmpty()) {
            return;
        }
        try (KeptLease kept = new KeptLease(leases, lease.get(), config.lease(), clock, timer)) {
            Optional<Capture> next = next(tenant);
            while (next.isPresent() && !ending) {
                boolean cameOn = runner.advance(next.get(), kept.fence(), () -> pass(tenant, kept));
                // A tenant of which much is wanted takes its turn with the others.
                next = !cameOn || pool.isWaitedFor() ? Optional.empty() : next(tenant);
            }
        }
    }

    private void pass(TenantId tenant, KeptLease kept) {
        pool.cameOn(tenant);
        if (ending) {
            throw new CaptureStoppedException("the service is ending");
        }
        if (!kept.isHeld()) {
            throw new CaptureStoppedException("the lease is lost");
        }
    }

    private Optional<Capture> next(TenantId tenant) {
        return captures.pending().stream()
                .filter(capture -> capture.order().tenant().equals(tenant))
                .min(URGENCY);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
