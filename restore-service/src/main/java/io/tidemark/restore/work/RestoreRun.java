package io.tidemark.restore.work;

import io.tidemark.contracts.RestoreState;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.restore.execute.Execution;
import io.tidemark.restore.execute.StepExecutor;
import io.tidemark.restore.journal.Failpoint;
import io.tidemark.restore.journal.FencedException;
import io.tidemark.restore.journal.JobChange;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.NoteStore;
import io.tidemark.restore.journal.NoteStore.Notes;
import io.tidemark.restore.journal.Progress;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.RestoreJob.Order;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.journal.StepStore.Move;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveState;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestorePlan;
import io.tidemark.restore.plan.WantedState;
import io.tidemark.restore.source.GraphLiveTenant;
import io.tidemark.restore.source.LiveStateReader;
import io.tidemark.restore.verify.Comparison;
import io.tidemark.restore.verify.StepVerifier;
import io.tidemark.restore.verify.VerificationSettings;
import io.tidemark.tenants.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Carries one restore from where it is to where it has to wait for somebody, under one worker's tenure. */
@ApplicationScoped
class RestoreRun {

    private static final Logger LOG = Logger.getLogger(RestoreRun.class);
    private static final Duration TELLING = Duration.ofMillis(500);

    private final JobStore jobs;
    private final StepStore steps;
    private final NoteStore notes;
    private final Planning planning;
    private final Execution execution;
    private final VerificationSettings verification;
    private final Guards guards;
    private final TenantConnections connections;
    private final Clock clock;
    private final Failpoint failpoint;

    RestoreRun(
            JobStore jobs,
            StepStore steps,
            NoteStore notes,
            Planning planning,
            Execution execution,
            VerificationSettings verification,
            Guards guards,
            TenantConnections connections,
            Clock clock,
            Failpoint failpoint) {
        this.jobs = jobs;
        this.steps = steps;
        this.notes = notes;
        this.planning = planning;
        this.execution = execution;
        this.verification = verification;
        this.guards = guards;
        this.connections = connections;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /** Takes the restore over and carries it on. */
    void carryOn(String commandId, Tenure tenure) {
        RestoreJob job = jobs.change(commandId, found -> takenOver(found, tenure.fence()));
        steps.adopt(commandId, job.stepCount(), tenure.fence());
        while (job.isActionable()) {
            job = switch (job.state()) {
                case ACCEPTED, PLANNING -> plan(job, tenure);
                case APPROVED -> job.order() == Order.CANCEL ? cancelled(job, tenure) : start(job, tenure);
                case RUNNING -> execute(job, tenure);
                case VERIFYING -> verify(job, tenure);
                case AWAITING_APPROVAL, PAUSED, NEEDS_ATTENTION -> cancelled(job, tenure);
                case COMPLETED, COMPLETED_WITH_WARNINGS, PARTIALLY_FAILED, FAILED, CANCELED, REJECTED, EXPIRED -> job;
            };
            LOG.infof("restore carried on restore=%s state=%s", commandId, job.state());
        }
    }

    private static RestoreJob takenOver(RestoreJob job, long fence) {
        if (job.fence() > fence) {
            throw new FencedException("restore " + job.id() + " belongs to a later worker");
        }
        return job.change().fence(fence).done();
    }

    private RestoreJob plan(RestoreJob job, Tenure tenure) {
        if (job.order() == Order.CANCEL) {
            return cancelled(job, tenure);
        }
        RestoreJob begun = own(
                job.id(),
                tenure,
                found -> found.state() == RestoreState.PLANNING
                        ? found
                        : found.to(RestoreState.PLANNING, null, clock.instant()));
        LiveTenant live = live(begun);
        Planning.Made made = planning.make(begun, live);
        tenure.check();
        Instant now = clock.instant();
        return own(job.id(), tenure, found -> {
            RestoreJob planned = found.change()
                    .planned(made.hash(), made.baseline(), made.summary(), now)
                    .wellAgain()
                    .done();
            String refusal = made.verdict().refusal();
            return refusal == null
                    ? planned.to(RestoreState.AWAITING_APPROVAL, null, now)
                    : planned.to(RestoreState.REJECTED, refusal, now);
        });
    }

    private RestoreJob start(RestoreJob job, Tenure tenure) {
        Instant now = clock.instant();
        Instant plannedAt = job.times().plannedAt();
        if (plannedAt == null || guards.of(tenant(job)).isStale(plannedAt, now)) {
            return own(
                    job.id(),
                    tenure,
                    found -> found.to(
                            RestoreState.EXPIRED,
                            "the plan has become too old: the tenant may have changed since",
                            now));
        }
        List<StepEntry> entries = steps.read(job.id(), 0, job.stepCount());
        if (!isAsApproved(job, entries)) {
            return own(
                    job.id(),
                    tenure,
                    found -> found.to(
                            RestoreState.FAILED, "the plan in the journal is not the one that was approved", now));
        }
        return own(job.id(), tenure, found -> found.to(RestoreState.RUNNING, null, now));
    }

    /** Whether the journalled plan is, to the byte, the one whose hash was approved. */
    private boolean isAsApproved(RestoreJob job, List<StepEntry> entries) {
        List<PlannedStep> planned = new ArrayList<>();
        for (StepEntry entry : entries) {
            planned.add(new PlannedStep(
                    entry.number(),
                    entry.stage(),
                    entry.stepId(),
                    entry.step(),
                    entry.state() == StepState.BLOCKED ? entry.reason() : null));
        }
        String hash = new RestorePlan(planned, notes.points(job.id(), Notes.ANNOUNCED)).hash(job.command());
        return hash.equals(job.planHash())
                && job.approvals().stream()
                        .anyMatch(approval -> approval.planHash().equals(hash));
    }

    private RestoreJob execute(RestoreJob job, Tenure tenure) {
        List<StepEntry> entries = steps.read(job.id(), 0, job.stepCount());
        GraphConnection connection = connections.of(tenant(job));
        StepExecutor executor = execution.of(
                connection, live(job), tenure, job.command().options().conflict());
        ProgressMeter meter = new ProgressMeter(entries, clock);
        Teller teller = new Teller(job.id(), tenure, meter);
        StepExecutor.End end = executor.run(entries, teller::order, teller);
        Instant now = clock.instant();
        failpoint.reach("restore.beforeEndOfExecution");
        Map<String, String> ids = new HashMap<>(job.ids());
        ids.putAll(executor.ids().ids());
        if (end instanceof StepExecutor.End.Trouble trouble) {
            return own(
                    job.id(),
                    tenure,
                    found -> progressed(found, meter, ids)
                            .done()
                            .to(RestoreState.NEEDS_ATTENTION, trouble.reason(), now));
        }
        if (end instanceof StepExecutor.End.Stopped stopped && stopped.order() == Order.PAUSE) {
            return own(
                    job.id(),
                    tenure,
                    found -> progressed(found, meter, ids)
                            .order(found.order() == Order.PAUSE ? Order.NONE : found.order())
                            .done()
                            .to(RestoreState.PAUSED, null, now));
        }
        if (end instanceof StepExecutor.End.Stopped) {
            cancelRest(job, meter);
        }
        return own(
                job.id(),
                tenure,
                found -> progressed(found, meter, ids)
                        .wellAgain()
                        .done()
                        .to(RestoreState.VERIFYING, found.reason(), now));
    }

    private static JobChange progressed(RestoreJob job, ProgressMeter meter, Map<String, String> ids) {
        return job.change().progress(meter.progress()).ids(ids);
    }

    private void cancelRest(RestoreJob job, ProgressMeter meter) {
        List<Move> moves = new ArrayList<>();
        Instant now = clock.instant();
        for (StepEntry entry : steps.read(job.id(), 0, job.stepCount())) {
            if (entry.state() == StepState.PENDING || entry.state() == StepState.INTENT) {
                moves.add(new Move(entry, entry.to(StepState.CANCELED, now)));
            } else if (entry.state() == StepState.UNKNOWN) {
                moves.add(new Move(
                        entry,
                        entry.because("was cancelled before its outcome was known")
                                .to(StepState.OBSERVED, now)));
            }
        }
        steps.move(moves);
        meter.moved(moves.stream().map(Move::to).toList(), 0);
    }

    private RestoreJob verify(RestoreJob job, Tenure tenure) {
        LiveTenant live = live(job);
        IdMap ids = new IdMap(job.ids());
        List<StepEntry> before = steps.read(job.id(), 0, job.stepCount());
        ProgressMeter meter = new ProgressMeter(before, clock);
        Teller teller = new Teller(job.id(), tenure, meter);
        new StepVerifier(steps, live, verification, clock).verify(before, ids, tenure, moved -> teller.moved(moved, 0));
        List<StepEntry> entries = steps.read(job.id(), 0, job.stepCount());
        List<WantedState> wanted = notes.wanted(job.id());
        List<WantedState> now =
                wanted.stream().map(state -> state.following(ids)).toList();
        LiveState state = LiveStateReader.read(job.command(), now, live);
        List<OpenPoint> announced = notes.points(job.id(), Notes.ANNOUNCED);
        Instant baseline = job.baseline() == null ? Instant.EPOCH : job.baseline();
        Comparison comparison = Comparison.of(job.command(), baseline, wanted, state, ids, announced, entries);
        notes.putPoints(job.id(), Notes.LEFT_OVER, comparison.leftovers());
        failpoint.reach("restore.beforeEndOfVerification");
        return own(job.id(), tenure, found -> {
            boolean cancelled = found.order() == Order.CANCEL;
            String why = reason(comparison, announced);
            return found.change()
                    .progress(meter.progress())
                    .leftovers(comparison.leftovers().size())
                    .wellAgain()
                    .done()
                    .to(cancelled ? RestoreState.CANCELED : comparison.state(), why, clock.instant());
        });
    }

    private static @Nullable String reason(Comparison comparison, List<OpenPoint> announced) {
        int surprises = comparison.unannounced(announced).size();
        if (surprises > 0) {
            return surprises + " points are not as they were and were not announced";
        }
        return comparison.leftovers().isEmpty()
                ? null
                : comparison.leftovers().size() + " points are not as they were, all of them as announced or expected";
    }

    private RestoreJob cancelled(RestoreJob job, Tenure tenure) {
        boolean begun = job.times().startedAt() != null;
        if (begun) {
            cancelRest(job, new ProgressMeter(List.of(), clock));
        }
        return own(
                job.id(),
                tenure,
                found -> begun
                        ? found.to(RestoreState.VERIFYING, found.reason(), clock.instant())
                        : found.to(RestoreState.CANCELED, found.reason(), clock.instant()));
    }

    private RestoreJob own(String commandId, Tenure tenure, UnaryOperator<RestoreJob> change) {
        tenure.check();
        return jobs.change(commandId, found -> {
            if (found.fence() != tenure.fence()) {
                throw new FencedException("restore " + commandId + " belongs to a later worker");
            }
            return change.apply(found);
        });
    }

    private LiveTenant live(RestoreJob job) {
        return new GraphLiveTenant(connections.of(tenant(job)));
    }

    private static TenantId tenant(RestoreJob job) {
        return TenantId.parse(job.command().tenantId());
    }

    /** Tells the job how far its steps are, now and then, and hears on the way what a person has told it. */
    private final class Teller implements StepExecutor.Watcher {

        private final String commandId;
        private final Tenure tenure;
        private final ProgressMeter meter;
        private Instant last = Instant.EPOCH;
        private Order order = Order.NONE;

        Teller(String commandId, Tenure tenure, ProgressMeter meter) {
            this.commandId = commandId;
            this.tenure = tenure;
            this.meter = meter;
        }

        @Override
        public void moved(List<StepEntry> entries, int writes) {
            meter.moved(entries, writes);
            tell();
        }

        Order order() {
            tell();
            return order;
        }

        private void tell() {
            Instant now = clock.instant();
            if (Duration.between(last, now).compareTo(TELLING) >= 0) {
                last = now;
                Progress progress = meter.progress();
                order = own(
                                commandId,
                                tenure,
                                found -> found.change().progress(progress).done())
                        .order();
            }
        }
    }
}
