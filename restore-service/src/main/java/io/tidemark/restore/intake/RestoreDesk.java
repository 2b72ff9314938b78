package io.tidemark.restore.intake;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreDecision;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.journal.Approval;
import io.tidemark.restore.journal.JobStore;
import io.tidemark.restore.journal.PlanSummary;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.RestoreJob.Order;
import io.tidemark.runtime.problem.ProblemException;
import io.tidemark.tenants.TenantConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where restores are asked for and decided on, by HTTP or by message alike. */
@ApplicationScoped
public class RestoreDesk {

    private static final int LONGEST_ID = 128;
    private static final int FORBIDDEN = 403;

    private final JobStore jobs;
    private final TenantConnections tenants;
    private final Clock clock;

    public RestoreDesk(JobStore jobs, TenantConnections tenants, Clock clock) {
        this.jobs = jobs;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Takes a command in. The same command again is the same restore; another one under its id is refused. */
    public RestoreJob submit(RestoreCommand command) {
        check(command);
        return once(RestoreJob.accepted(command, null, clock.instant()));
    }

    /** Asks for what a restore wrote to be taken back. */
    public RestoreJob undo(TenantId tenant, String commandId, RestoreDecision decision, String newCommandId) {
        RestoreJob undone = of(tenant, commandId);
        if (!undone.state().terminal() || undone.times().startedAt() == null) {
            throw ProblemException.conflict("nothing-to-undo", "restore has not written anything or has not ended");
        }
        RestoreOptions options = new RestoreOptions(
                RestoreOptions.Created.SOFT_DELETE,
                undone.command().options().conflict(),
                RestoreOptions.PolicyState.AS_RECORDED,
                undone.command().options().recreate(),
                undone.command().options().maxObjects());
        RestoreCommand command = new RestoreCommand(
                tenant.toString(),
                newCommandId,
                required(decision.decidedBy(), "decidedBy"),
                decision.reason(),
                "before:" + commandId,
                Selection.ALL,
                options,
                null);
        return once(RestoreJob.accepted(command, commandId, clock.instant()));
    }

    public RestoreJob approve(TenantId tenant, RestoreDecision decision) {
        String who = required(decision.decidedBy(), "decidedBy");
        return decide(tenant, decision, job -> {
            expect(job, RestoreState.AWAITING_APPROVAL);
            String hash = seen(job, decision);
            notExpired(job);
            PlanSummary plan = job.plan();
            if (plan != null
                    && !plan.secondPerson().isEmpty()
                    && who.equalsIgnoreCase(job.command().requestedBy())) {
                throw new ProblemException(
                        FORBIDDEN,
                        "second-person-needed",
                        "somebody else than the requester has to approve: " + String.join("; ", plan.secondPerson()));
            }
            Instant now = clock.instant();
            return job.change()
                    .approvedBy(new Approval(who, hash, decision.reason(), now))
                    .done()
                    .to(RestoreState.APPROVED, null, now);
        });
    }

    public RestoreJob execute(TenantId tenant, RestoreDecision decision) {
        String unused = required(decision.decidedBy(), "decidedBy");
        return decide(tenant, decision, job -> {
            if (job.order() == Order.EXECUTE && job.state() != RestoreState.AWAITING_APPROVAL) {
                return job;
            }
            expect(job, RestoreState.APPROVED);
            String alsoUnused = seen(job, decision);
            notExpired(job);
            return job.change().order(Order.EXECUTE).done();
        });
    }

    public RestoreJob cancel(TenantId tenant, RestoreDecision decision) {
        return decide(tenant, decision, job -> {
            if (job.state().terminal() || job.state() == RestoreState.VERIFYING) {
                throw ProblemException.conflict("wrong-state", "restore is " + job.state());
            }
            return job.change().order(Order.CANCEL).done();
        });
    }

    public RestoreJob pause(TenantId tenant, RestoreDecision decision) {
        return decide(tenant, decision, job -> {
            expect(job, RestoreState.RUNNING);
            return job.change().order(Order.PAUSE).done();
        });
    }

    public RestoreJob resume(TenantId tenant, RestoreDecision decision) {
        return decide(tenant, decision, job -> {
            boolean written = job.times().writtenAt() != null;
            if (job.state() != RestoreState.PAUSED && job.state() != RestoreState.NEEDS_ATTENTION) {
                expect(job, RestoreState.PAUSED);
            }
            return job.change()
                    .order(Order.EXECUTE)
                    .wellAgain()
                    .done()
                    .to(written ? RestoreState.VERIFYING : RestoreState.RUNNING, null, clock.instant());
        });
    }

    /** A restore of the tenant. */
    public RestoreJob of(TenantId tenant, String commandId) {
        return jobs.find(commandId)
                .filter(job -> job.command().tenantId().equals(tenant.toString()))
                .orElseThrow(() -> ProblemException.notFound("unknown-restore", "there is no such restore"));
    }

    public List<RestoreJob> list(TenantId tenant, int limit) {
        return jobs.list(tenant.toString(), limit);
    }

    /** An id for a command that came without one. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    private RestoreJob once(RestoreJob job) {
        RestoreJob kept = jobs.putOnce(job);
        if (!kept.command().equals(job.command())) {
            throw ProblemException.conflict("command-id-used", "another command has this id");
        }
        return kept;
    }

    private void check(RestoreCommand command) {
        TenantId tenant = TenantId.parse(required(command.tenantId(), "tenantId"));
        if (!tenants.knows(tenant)) {
            throw ProblemException.notFound("unknown-tenant", "tenant is not configured");
        }
        String id = required(command.commandId(), "commandId");
        if (id.length() > LONGEST_ID || !id.chars().allMatch(c -> c > ' ' && c < 127 && c != '|' && c != '/')) {
            throw ProblemException.badRequest("invalid-command-id", "commandId must be 1 to 128 plain characters");
        }
        String unused = required(command.requestedBy(), "requestedBy");
        checkBaseline(required(command.baseline(), "baseline"));
        if (command.options().maxObjects() < 0) {
            throw ProblemException.badRequest("invalid-max-objects", "maxObjects must not be negative");
        }
        if (command.expiresAt() != null && command.expiresAt().isBefore(clock.instant())) {
            throw ProblemException.badRequest("command-expired", "the command has expired");
        }
    }

    private static void checkBaseline(String baseline) {
        if (baseline.startsWith("snapshot:") && baseline.length() > "snapshot:".length()) {
            return;
        }
        if (baseline.startsWith("instant:")) {
            try {
                Instant unused = Instant.parse(baseline.substring("instant:".length()));
                return;
            } catch (DateTimeParseException e) {
                throw ProblemException.badRequest("invalid-baseline", "baseline is no ISO instant");
            }
        }
        throw ProblemException.badRequest(
                "invalid-baseline", "baseline must be snapshot:<id> or instant:<ISO instant>");
    }

    private RestoreJob decide(TenantId tenant, RestoreDecision decision, UnaryOperator<RestoreJob> change) {
        RestoreJob job = of(tenant, decision.commandId());
        return jobs.change(job.id(), change);
    }

    private void notExpired(RestoreJob job) {
        if (clock.instant().isAfter(job.voidAt())) {
            throw ProblemException.conflict("command-expired", "the command has expired");
        }
    }

    /** The plan that the decision is about, which must be the one that there is. */
    private static String seen(RestoreJob job, RestoreDecision decision) {
        String hash = required(decision.planHash(), "planHash");
        if (!hash.equals(job.planHash())) {
            throw ProblemException.conflict("another-plan", "the plan is not the one that was decided on");
        }
        return hash;
    }

    private static void expect(RestoreJob job, RestoreState state) {
        if (job.state() != state) {
            throw ProblemException.conflict("wrong-state", "restore is " + job.state() + ", not " + state);
        }
    }

    private static String required(@Nullable String text, String name) {
        if (text == null || text.isBlank()) {
            throw ProblemException.badRequest("missing-field", "'" + name + "' must be given");
        }
        return text;
    }
}
