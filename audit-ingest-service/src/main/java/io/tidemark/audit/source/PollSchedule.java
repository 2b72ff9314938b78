package io.tidemark.audit.source;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.audit.publish.AuditPublisher;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.runtime.event.Outage;
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
        private long failures;
        private String complaint = "";

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
                succeeded();
            } catch (Throwable e) {
                // The outermost loop: the next poll starts from the watermark, whatever went wrong with this one. After
                // an error that gets through there would be no next one, and nobody would be told.
                failed(e);
            }
        }

        private void succeeded() {
            if (failures > 0) {
                LOG.infof("audit log read again tenant=%s failed=%d", tenant, failures);
            }
            lastSuccess = clock.instant();
            failures = 0;
            complaint = "";
            refused = false;
        }

        double secondsSinceSuccess() {
            return Duration.between(lastSuccess, clock.instant()).toSeconds();
        }

        /** Says so once for each reason, however often the poll is repeated. */
        private void failed(Throwable e) {
            metrics.counter("tidemark.audit.failed.polls").increment();
            failures++;
            String reason = e instanceof GraphException graph
                    ? graph.reason().name()
                    : e.getClass().getSimpleName();
            if (reason.equals(complaint)) {
                LOG.debugf("audit poll failed again tenant=%s reason=%s", tenant, reason);
            } else if (e instanceof GraphException refusal) {
                LOG.warnf(
                        "audit poll failed, it is repeated tenant=%s reason=%s todo=%s what=%s",
                        tenant, reason, todo(refusal), e.getMessage());
            } else if (Outage.isBehind(e)) {
                LOG.warnf("audit poll failed, it is repeated tenant=%s reason=%s todo=%s", tenant, reason, Outage.TODO);
            } else {
                LOG.warnf(e, "audit poll failed, it is repeated tenant=%s reason=%s", tenant, reason);
            }
            complaint = reason;
            if (e instanceof GraphException graph && needsPerson(graph) && !refused) {
                refused = told(graph);
            }
        }

        /** Tells operators; if that fails, the next poll that is refused does it. */
        private boolean told(GraphException e) {
            try {
                publisher.publish(new OpsEvent(
                        tenant.toString(),
                        AuditPoller.COMPONENT,
                        "permission-lost",
                        "the audit log cannot be read: " + e.reason() + "; " + todo(e),
                        clock.instant()));
                return true;
            } catch (RuntimeException failure) {
                LOG.warnf("operators not told tenant=%s reason=%s", tenant, failure.getMessage());
                return false;
            }
        }
    }

    private static boolean needsPerson(GraphException e) {
        return e.reason() == GraphException.Reason.FORBIDDEN || e.reason() == GraphException.Reason.UNAUTHORIZED;
    }

    private static String todo(GraphException e) {
        return switch (e.reason()) {
            case FORBIDDEN -> "grant AuditLog.Read.All to the application";
            case UNAUTHORIZED -> "see whether the application's credential still holds";
            default -> "none unless it goes on";
        };
    }
}
