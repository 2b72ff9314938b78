package io.tidemark.audit.source;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.audit.publish.AuditPublisher;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.GraphException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** When polls happen: each tenant in its own rhythm, never two of the same tenant at once, and at once when asked. */
@ApplicationScoped
public class PollSchedule {

    private static final Logger LOG = Logger.getLogger(PollSchedule.class);
    private static final int MOST_THREADS = 8;

    private final AuditPoller poller;
    private final AuditSource source;
    private final AuditPublisher publisher;
    private final AuditConfig config;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService threads;
    private final Map<TenantId, Polling> pollings = new ConcurrentHashMap<>();

    PollSchedule(
            AuditPoller poller,
            AuditSource source,
            AuditPublisher publisher,
            AuditConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.poller = poller;
        this.source = source;
        this.publisher = publisher;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.threads = Executors.newScheduledThreadPool(
                Math.min(MOST_THREADS, Math.max(1, source.tenants().size())));
    }

    void start(@Observes StartupEvent started) {
        for (TenantId tenant : source.tenants()) {
            Polling polling = new Polling(tenant);
            pollings.put(tenant, polling);
            Gauge.builder("tidemark.audit.lag.seconds", polling, Polling::secondsSinceSuccess)
                    .tag("tenant", tenant.toString())
                    .register(metrics);
            if (config.polling()) {
                Future<?> unused = threads.scheduleWithFixedDelay(
                        polling, 0, config.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        threads.shutdownNow();
    }

    /** Whether the tenant is one of ours. */
    public boolean knows(TenantId tenant) {
        return pollings.containsKey(tenant);
    }

    /** Polls as soon as a thread is free; if a poll of the tenant is running, once more after it. */
    public void pollNow(TenantId tenant) {
        Polling polling = pollings.get(tenant);
        if (polling == null) {
            throw new IllegalArgumentException("tenant " + tenant + " is not configured");
        }
        Future<?> unused = threads.submit(polling);
    }

    /** The polls of one tenant. */
    private final class Polling implements Runnable {

        private final TenantId tenant;
        private final ReentrantLock running = new ReentrantLock();
        private final AtomicBoolean wanted = new AtomicBoolean();
        private volatile Instant lastSuccess;
        private boolean refused;

        Polling(TenantId tenant) {
            this.tenant = tenant;
            this.lastSuccess = clock.instant();
        }

        @Override
        public void run() {
            wanted.set(true);
            while (wanted.get() && running.tryLock()) {
                try {
                    wanted.set(false);
                    poll();
                } finally {
                    running.unlock();
                }
            }
        }

        private void poll() {
            try {
                poller.poll(tenant);
                lastSuccess = clock.instant();
                refused = false;
            } catch (GraphException e) {
                failed(e);
                reportRefusal(e);
            } catch (Exception e) {
                // The outermost loop: the next poll starts from the watermark, whatever went wrong with this one.
                failed(e);
            }
        }

        double secondsSinceSuccess() {
            return Duration.between(lastSuccess, clock.instant()).toSeconds();
        }

        private void failed(Exception e) {
            metrics.counter("tidemark.audit.failed.polls").increment();
            LOG.warnf(e, "audit poll failed tenant=%s reason=%s", tenant, e.getMessage());
        }

        private void reportRefusal(GraphException e) {
            boolean permission =
                    e.reason() == GraphException.Reason.FORBIDDEN || e.reason() == GraphException.Reason.UNAUTHORIZED;
            if (permission && !refused) {
                refused = true;
                publisher.publish(new OpsEvent(
                        tenant.toString(),
                        AuditPoller.COMPONENT,
                        "permission-lost",
                        "the audit log cannot be read: " + e.reason(),
                        clock.instant()));
            }
        }
    }
}
