package io.tidemark.restore.work;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.contracts.RestoreState;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.restore.journal.FencedException;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.restore.plan.IncompleteHistoryException;
import io.tidemark.restore.publish.OutcomeRelay;
import io.tidemark.runtime.event.Outage;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.store.MongoOutage;
import io.tidemark.runtime.store.StoreNotice;
import io.tidemark.runtime.time.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks for restores that are due, takes their leases and carries them on. One at a time of each tenant writes to it. */
@ApplicationScoped
class RestoreWorker {

    private static final Logger LOG = Logger.getLogger(RestoreWorker.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final StoreNotice store = new StoreNotice(LOG, "restores");
    private final JobStore jobs;
    private final LeaseStore leases;
    private final RestoreRun run;
    private final OutcomeRelay relay;
    private final RestoreConfig config;
    private final Clock clock;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Set<String> tenantsAtWork = ConcurrentHashMap.newKeySet();
    private @Nullable Rounds rounds;

    RestoreWorker(
            JobStore jobs, LeaseStore leases, RestoreRun run, OutcomeRelay relay, RestoreConfig config, Clock clock) {
        this.jobs = jobs;
        this.leases = leases;
        this.run = run;
        this.relay = relay;
        this.config = config;
        this.clock = clock;
        this.workers = Executors.newFixedThreadPool(config.workers());
    }

    void begin(@Observes StartupEvent event) {
        rounds = Rounds.begin("restores", PAUSE, this::look);
    }

    void look() {
        store.round(this::takeUp);
    }

    private void takeUp() {
        Instant now = clock.instant();
        for (RestoreJob job : jobs.actionable()) {
            boolean due = job.notBefore() == null || !job.notBefore().isAfter(now);
            if (due && tenantsAtWork.add(job.command().tenantId())) {
                workers.execute(() -> work(job));
            }
        }
    }

    /** Ends restores on which nobody has decided in time. */
    @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void expire() {
        store.round(this::endUndecided);
    }

    private void endUndecided() {
        Instant now = clock.instant();
        for (RestoreJob job : jobs.undecided()) {
            if (now.isAfter(job.voidAt())) {
                RestoreJob unused = jobs.change(
                        job.id(),
                        found -> found.isUndecided()
                                ? found.to(RestoreState.EXPIRED, "nobody has decided in time", now)
                                : found);
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (rounds != null) {
            rounds.close();
        }
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private void work(RestoreJob job) {
        try {
            Optional<Lease> lease = leases.acquire("restore/" + job.command().tenantId(), config.lease());
            if (lease.isPresent()) {
                try (KeptLease kept = new KeptLease(leases, lease.get(), config.lease(), clock, timer)) {
                    carryOn(job, new LeasedTenure(kept));
                }
            }
        } catch (RuntimeException e) {
            if (!store.covers(e)) {
                LOG.errorf(e, "restore could not be worked on restore=%s", job.id());
            }
        } finally {
            tenantsAtWork.remove(job.command().tenantId());
        }
    }

    private void carryOn(RestoreJob job, Tenure tenure) {
        try {
            run.carryOn(job.id(), tenure);
            relay.relay();
        } catch (FencedException e) {
            LOG.warnf("worker stopped restore=%s reason=%s", job.id(), e.getMessage());
        } catch (IncompleteHistoryException | GraphException e) {
            failed(job.id(), tenure, e);
        } catch (PublishException e) {
            LOG.warnf(
                    "restore failed to be carried on restore=%s reason=%s todo=%s",
                    job.id(), e.getMessage(), Outage.TODO);
            failed(job.id(), tenure, e);
        } catch (RuntimeException e) {
            if (MongoOutage.isBehind(e)) {
                // That it failed could not be noted either; whoever holds its lease next carries it on.
                throw e;
            }
            LOG.errorf(e, "restore failed to be carried on restore=%s", job.id());
            failed(job.id(), tenure, e);
        }
    }

    private void failed(String commandId, Tenure tenure, RuntimeException failure) {
        String why = failure instanceof IncompleteHistoryException || failure instanceof GraphException
                ? String.valueOf(failure.getMessage())
                : "internal error " + failure.getClass().getSimpleName();
        boolean needsPerson = failure instanceof GraphException graph
                && (graph.reason() == GraphException.Reason.UNAUTHORIZED
                        || graph.reason() == GraphException.Reason.FORBIDDEN);
        RestoreJob left = jobs.change(commandId, found -> {
            if (found.fence() != tenure.fence()) {
                return found;
            }
            Instant now = clock.instant();
            if (needsPerson || found.failures() + 1 >= config.failures()) {
                return found.to(givenUp(found.state()), why, now);
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << found.failures());
            return found.change()
                    .failed(why, now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait))
                    .done();
        });
        LOG.warnf("restore was not carried on restore=%s state=%s reason=%s", commandId, left.state(), why);
    }

    private static RestoreState givenUp(RestoreState state) {
        return switch (state) {
            case RUNNING, VERIFYING -> RestoreState.NEEDS_ATTENTION;
            case ACCEPTED,
                    PLANNING,
                    AWAITING_APPROVAL,
                    APPROVED,
                    PAUSED,
                    NEEDS_ATTENTION,
                    COMPLETED,
                    COMPLETED_WITH_WARNINGS,
                    PARTIALLY_FAILED,
                    FAILED,
                    CANCELED,
                    REJECTED,
                    EXPIRED -> RestoreState.FAILED;
        };
    }
}
