package io.tidemark.restore.work;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.restore.guard.GuardFacts;
import io.tidemark.restore.guard.Verdict;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.NoteStore;
import io.tidemark.restore.journal.NoteStore.Notes;
import io.tidemark.restore.journal.PlanSummary;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveObject;
import io.tidemark.restore.plan.LiveState;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.RestorePlan;
import io.tidemark.restore.plan.RestorePlanner;
import io.tidemark.restore.plan.WantedState;
import io.tidemark.restore.plan.WantedStates;
import io.tidemark.restore.source.LiveStateReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes a restore's plan: asks history what was, Graph what is, the planner what to do and the guard what may be done. */
@ApplicationScoped
class Planning {

    private static final Logger LOG = Logger.getLogger(Planning.class);

    private final WantedStates history;
    private final JobStore jobs;
    private final StepStore steps;
    private final NoteStore notes;
    private final Guards guards;
    private final Clock clock;

    Planning(WantedStates history, JobStore jobs, StepStore steps, NoteStore notes, Guards guards, Clock clock) {
        this.history = history;
        this.jobs = jobs;
        this.steps = steps;
        this.notes = notes;
        this.guards = guards;
        this.clock = clock;
    }

    /** A plan that the guard has judged and the journal has taken. */
    record Made(String hash, Instant baseline, PlanSummary summary, Verdict verdict) {}

    Made make(RestoreJob job, LiveTenant tenant) {
        RestoreCommand command = job.command();
        TenantId id = TenantId.parse(command.tenantId());
        List<WantedState> wanted = new ArrayList<>();
        Instant baseline = wanted(job, id, wanted);
        LiveState live = LiveStateReader.read(command, wanted, tenant);
        List<WantedState> known = withLatestBodies(id, wanted, live);
        RestorePlan plan = RestorePlanner.plan(command, baseline, known, live);
        Verdict verdict = guards.of(id).judge(command, plan, facts(job, plan, wanted, live, tenant));
        RestorePlan guarded = verdict.plan();
        Instant now = clock.instant();
        notes.putWanted(command.commandId(), wanted);
        notes.putPoints(command.commandId(), Notes.ANNOUNCED, guarded.open());
        steps.put(command.commandId(), guarded.steps(), now);
        LOG.infof(
                "plan made restore=%s wanted=%d steps=%d open=%d",
                command.commandId(),
                wanted.size(),
                guarded.steps().size(),
                guarded.open().size());
        return new Made(guarded.hash(command), baseline, summary(verdict), verdict);
    }

    private Instant wanted(RestoreJob job, TenantId tenant, List<WantedState> wanted) {
        if (job.undoes() == null) {
            return history.read(tenant, job.command().baseline(), job.command().selection(), wanted::add);
        }
        RestoreJob undone = jobs.find(job.undoes())
                .orElseThrow(() -> new IllegalArgumentException("there is no restore " + job.undoes()));
        wanted.addAll(Undo.of(steps.read(undone.id(), 0, undone.stepCount()), new IdMap(undone.ids())));
        Instant started = undone.times().startedAt();
        return started == null ? undone.times().acceptedAt() : started;
    }

    /** Fetches what history saw last, but only of objects that are not as it saw them: those alone can hold a conflict. */
    private List<WantedState> withLatestBodies(TenantId tenant, List<WantedState> wanted, LiveState live) {
        List<WantedState> known = new ArrayList<>(wanted.size());
        for (WantedState state : wanted) {
            boolean changedSince = state.object()
                    .map(live.objects()::get)
                    .map(object -> object instanceof LiveObject.Present present
                            && state.wanted().isPresent()
                            && state.latest().isPresent()
                            && state.latestBody() == null
                            && !isAsSeen(state, present.properties()))
                    .orElse(false);
            known.add(
                    changedSince
                            ? history.latest(tenant, state.key())
                                    .map(state::withLatestBody)
                                    .orElse(state)
                            : state);
        }
        return known;
    }

    private static boolean isAsSeen(WantedState state, JsonObject live) {
        ObjectKind kind = ObjectKind.parse(state.key().type());
        String seen = state.latestHash();
        return seen != null
                && (seen.equals(Canonicaliser.hash(kind, live).hex())
                        || seen.equals(Canonicaliser.hash(kind, Canonicaliser.completed(kind, live))
                                .hex()));
    }

    private GuardFacts facts(
            RestoreJob job, RestorePlan plan, List<WantedState> wanted, LiveState live, LiveTenant tenant) {
        Map<ObjectRef, JsonObject> properties = new HashMap<>();
        wanted.forEach(state -> state.object().ifPresent(object -> {
            if (state.body() != null) {
                properties.put(object, state.body());
            }
        }));
        properties.putAll(live.referrers());
        live.objects().forEach((object, state) -> {
            if (state instanceof LiveObject.Present present) {
                properties.put(object, present.properties());
            } else if (state instanceof LiveObject.Binned binned) {
                properties.put(object, binned.properties());
            }
        });
        boolean policies = plan.steps().stream()
                .anyMatch(step -> step.step().object().kind() == ObjectKind.CONDITIONAL_ACCESS_POLICY);
        return new GuardFacts(properties, policies ? groupsOfBreakGlass(tenant) : Map.of(), counts(job));
    }

    private Map<ObjectKind, Long> counts(RestoreJob job) {
        return job.undoes() == null
                ? history.counts(
                        TenantId.parse(job.command().tenantId()), job.command().baseline())
                : Map.of();
    }

    /** An account whose groups cannot be read is left out, and the guard takes it for a member of every group. */
    private Map<String, Set<String>> groupsOfBreakGlass(LiveTenant tenant) {
        Map<String, Set<String>> groups = new HashMap<>();
        for (String account : guards.breakGlass()) {
            try {
                groups.put(account, tenant.groupsOf(account));
            } catch (GraphException e) {
                LOG.warnf("groups of a break-glass account could not be read reason=%s", e.reason());
            }
        }
        return groups;
    }

    private static PlanSummary summary(Verdict verdict) {
        RestorePlan plan = verdict.plan();
        return new PlanSummary(
                plan.objects().size(),
                plan.steps().size(),
                plan.sendable().size(),
                plan.byOperation(),
                plan.open().size(),
                plan.open(OpenPoint.Why.CONFLICT).size(),
                plan.open(OpenPoint.Why.BLOCKED).size(),
                verdict.secondPerson(),
                verdict.warnings());
    }
}
