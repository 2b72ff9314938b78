package io.tidemark.diff.report;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.moved.Window;
import io.tidemark.diff.report.ReportStore.Queued;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Attempts;
import io.tidemark.diff.work.TurnOverException;
import io.tidemark.diff.work.Unforeseen;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.Outage;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.store.StoreNotice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Builds queued reports, one lease each, and announces them. Whatever interrupts it, the queue brings it back. */
@ApplicationScoped
public class ReportWorker {

    private static final Logger LOG = Logger.getLogger(ReportWorker.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private final StoreNotice store = new StoreNotice(LOG, "reports");
    private final ReportStore reports;
    private final ReportBuilder builder;
    private final ReportAnnouncer announcer;
    private final SnapshotStore snapshots;
    private final LiveTenant live;
    private final LeaseStore leases;
    private final ReportConfig config;
    private final Attempts attempts;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final ExecutorService threads;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    ReportWorker(
            ReportStore reports,
            ReportBuilder builder,
            ReportAnnouncer announcer,
            SnapshotStore snapshots,
            LiveTenant live,
            LeaseStore leases,
            ReportConfig config,
            MeterRegistry metrics,
            Clock clock) {
        this.reports = reports;
        this.builder = builder;
        this.announcer = announcer;
        this.snapshots = snapshots;
        this.live = live;
        this.leases = leases;
        this.config = config;
        this.attempts = new Attempts(config.attempts(), config.longestPause());
        this.metrics = metrics;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(config.workers());
    }

    @Scheduled(every = "{tidemark.report.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtQueue() {
        store.round(() ->
                reports.queue().stream().filter(this::isDue).forEach(queued -> offer(queued.tenant(), queued.id())));
    }

    private boolean isDue(Queued queued) {
        return !queued.notBefore().isAfter(clock.instant());
    }

    /** Builds the report as soon as a thread is free; if that fails, the queue will bring it back. */
    void offer(TenantId tenant, String id) {
        String name = tenant + "|" + id;
        if (running.add(name)) {
            try {
                threads.execute(() -> run(tenant, id, name));
            } catch (RejectedExecutionException e) {
                running.remove(name);
                LOG.infof("report left to others, the service stops tenant=%s report=%s", tenant, id);
            }
        }
    }

    private void run(TenantId tenant, String id, String name) {
        try {
            Optional<Lease> lease = leases.acquire("report|" + name, LEASE);
            if (lease.isPresent()) {
                try {
                    Hold hold = new Hold(lease.get());
                    reports.findQueued(tenant, id).filter(this::isDue).ifPresent(queued -> work(queued, hold));
                } finally {
                    leases.release(lease.get());
                }
            }
        } catch (PublishException e) {
            LOG.warnf(
                    "report not told, it stays in the queue tenant=%s report=%s reason=%s todo=%s",
                    tenant, id, e.getMessage(), Outage.TODO);
        } catch (RuntimeException e) {
            if (!store.covers(e)) {
                LOG.errorf(e, "report not ended, it stays in the queue tenant=%s report=%s", tenant, id);
            }
        } finally {
            running.remove(name);
        }
    }

    private void work(Queued queued, Hold hold) {
        Optional<Report> found = readable(queued);
        if (found.isEmpty()) {
            reports.done(queued);
        } else if (queued.isUntold()) {
            tell(queued, found.get());
        } else if (attempts.areOver(queued.attempts())) {
            String why =
                    queued.why() == null ? "its worker went without a word: killed, or out of memory" : queued.why();
            end(queued, found.get().failed(givenUp(queued.attempts(), why)), hold);
        } else {
            reports.begun(queued);
            attempt(queued, found.get(), hold);
        }
    }

    private void attempt(Queued queued, Report known, Hold hold) {
        Report ended;
        try {
            ended = built(known, hold);
        } catch (ReportException e) {
            ended = known.failed(String.valueOf(e.getMessage()));
        } catch (DamagedHistoryException e) {
            ended = known.failed(e.getMessage() + "; verify the snapshots");
        } catch (TurnOverException e) {
            reports.leftOff(queued);
            LOG.infof(
                    "report left in the queue tenant=%s report=%s reason=%s",
                    known.tenant(), known.id(), e.getMessage());
            return;
        } catch (RuntimeException e) {
            int begun = queued.attempts() + 1;
            String why = reason(e, known);
            if (!attempts.areOver(begun)) {
                reports.postpone(queued, clock.instant().plus(attempts.pause(begun)), why);
                return;
            }
            ended = known.failed(givenUp(begun, why));
        }
        end(queued, ended, hold);
    }

    private String reason(RuntimeException e, Report known) {
        if (store.covers(e)) {
            return "the store did not answer";
        }
        LOG.errorf(e, "report cut off by what nobody foresaw tenant=%s report=%s", known.tenant(), known.id());
        return Unforeseen.reason(e);
    }

    private static String givenUp(int tried, String why) {
        return "given up after " + tried + " attempts, the last one because " + why;
    }

    private void end(Queued queued, Report ended, Hold hold) {
        hold.renew();
        reports.update(ended);
        reports.untold(queued);
        metrics.counter("tidemark.reports", "state", ended.state().name()).increment();
        LOG.infof(
                "report ended tenant=%s report=%s state=%s items=%d millis=%d reason=%s",
                ended.tenant(),
                ended.id(),
                ended.state(),
                ended.items(),
                ended.millis(),
                Objects.requireNonNullElse(ended.reason(), "-"));
        tell(queued, ended);
    }

    private void tell(Queued queued, Report ended) {
        announcer.announce(ended);
        reports.done(queued);
    }

    /** One that cannot be read can be built by nobody, and must not come again and again. */
    private Optional<Report> readable(Queued queued) {
        try {
            return reports.find(queued.tenant(), queued.id());
        } catch (ReportException e) {
            LOG.errorf(
                    "stored report not readable, taken off the queue tenant=%s report=%s",
                    queued.tenant(), queued.id());
            return Optional.empty();
        }
    }

    private Report built(Report known, Hold hold) {
        List<Window> windows = new ArrayList<>();
        window(known.tenant(), known.from()).ifPresent(windows::add);
        @Nullable Instant end = known.toInstant();
        if (end == null) {
            Snapshot captured = captured(known.tenant(), hold);
            end = usable(captured);
            Window.of(captured).ifPresent(windows::add);
        } else {
            window(known.tenant(), known.to()).ifPresent(windows::add);
        }
        Instant to = Objects.requireNonNull(end, "a sealed snapshot has an instant");
        Report report = known.running(to);
        reports.update(report);
        Instant started = clock.instant();
        ReportRun run = new ReportRun(reports, report, hold.lease());
        var comparison = new ReportBuilder.Comparison(report.tenant(), report.fromInstant(), to, windows);
        builder.build(comparison, report.scope(), items -> {
            hold.renew();
            run.add(items);
        });
        Duration took = Duration.between(started, clock.instant());
        metrics.timer("tidemark.reports.build").record(took);
        return run.ready(took.toMillis());
    }

    private Optional<Window> window(TenantId tenant, String moment) {
        return Moment.parse(moment) instanceof Moment.OfSnapshot named
                ? snapshots.find(tenant, named.id()).flatMap(Window::of)
                : Optional.empty();
    }

    private Snapshot captured(TenantId tenant, Hold hold) {
        String id = live.capture(tenant);
        Instant deadline = clock.instant().plus(config.livePatience());
        while (clock.instant().isBefore(deadline)) {
            Optional<Snapshot> snapshot = snapshots.find(tenant, id);
            if (snapshot.isPresent()) {
                if (usable(snapshot.get()) != null) {
                    return snapshot.get();
                }
            }
            hold.renew();
            pause();
        }
        throw new ReportException(
                "capture " + id + " of the live tenant was not sealed within " + config.livePatience());
    }

    private static @Nullable Instant usable(Snapshot snapshot) {
        if (snapshot.state() == Snapshot.State.PENDING) {
            return null;
        }
        if (!snapshot.isSealed()) {
            throw new ReportException("capture " + snapshot.id() + " of the live tenant is " + snapshot.state()
                    + (snapshot.reason() == null ? "" : ": " + snapshot.reason()));
        }
        return snapshot.instant();
    }

    private void pause() {
        try {
            if (stopping.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new TurnOverException("the service stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnOverException("interrupted while waiting for a capture");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        threads.shutdown();
    }

    /** The lease that the work is done under; renewed when half of it has passed. */
    private final class Hold {
        private Lease lease;

        Hold(Lease lease) {
            this.lease = lease;
        }

        Lease lease() {
            return lease;
        }

        void renew() {
            if (clock.instant().isAfter(lease.until().minus(LEASE.dividedBy(2)))) {
                lease = leases.renew(lease, LEASE)
                        .orElseThrow(() -> new TurnOverException("another worker has taken the report over"));
            }
        }
    }
}
