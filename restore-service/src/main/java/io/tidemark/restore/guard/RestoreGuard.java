package io.tidemark.restore.guard;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestorePlan;
import io.tidemark.restore.plan.RestoreStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges plans: which steps may not be sent, whether the whole may be carried out, and who has to agree. */
public final class RestoreGuard {

    private static final Set<ObjectKind> PROTECTED = Set.of(ObjectKind.ROLE_ASSIGNMENT);

    private final GuardLimits limits;

    public RestoreGuard(GuardLimits limits) {
        this.limits = limits;
    }

    /** Judges a plan against the tenant as it is. */
    public Verdict judge(RestoreCommand command, RestorePlan plan, GuardFacts facts) {
        List<PlannedStep> judged = new ArrayList<>(plan.steps().size());
        List<OpenPoint> blocked = new ArrayList<>();
        Set<ObjectRef> blockedObjects = new HashSet<>();
        for (PlannedStep planned : plan.steps()) {
            Optional<String> refusal = blockedObjects.contains(planned.step().object())
                    ? Optional.of("an earlier step of the same object is blocked")
                    : refusal(planned.step(), plan, facts);
            judged.add(refusal.map(planned::blockedBecause).orElse(planned));
            refusal.ifPresent(reason -> {
                blockedObjects.add(planned.step().object());
                blocked.addAll(openPoints(planned.step(), reason));
            });
        }
        RestorePlan guarded = new RestorePlan(judged, plan.open()).withOpen(blocked);
        return new Verdict(
                guarded, refusalOfAll(command, guarded), secondPerson(guarded, facts), warnings(guarded, facts));
    }

    /** Whether a plan is too old to be carried out. */
    public boolean isStale(Instant plannedAt, Instant now) {
        return Duration.between(plannedAt, now).compareTo(limits.planLifetime()) > 0;
    }

    private Optional<String> refusal(RestoreStep step, RestorePlan plan, GuardFacts facts) {
        ObjectRef object = step.object();
        if (PROTECTED.contains(object.kind()) && !limits.allowedKinds().contains(object.kind())) {
            return Optional.of(object.kind().word() + " is protected and not allowed by configuration");
        }
        JsonObject now = facts.propertiesOf(object);
        if (isOurs(object, now)) {
            return Optional.of("it is this system's own application or service principal");
        }
        if (isRoleGroupMembership(step, now) && !limits.allowedKinds().contains(ObjectKind.ROLE_ASSIGNMENT)) {
            return Optional.of("membership of a role-assignable group grants roles, which are protected");
        }
        if (step instanceof RestoreStep.SoftDelete
                && limits.breakGlass().contains(object.id().value())) {
            return Optional.of("it is a break-glass account");
        }
        if (object.kind() == ObjectKind.CONDITIONAL_ACCESS_POLICY && !(step instanceof RestoreStep.SoftDelete)) {
            return new LockOut(limits, facts).refusal(resulting(step, plan, now));
        }
        return Optional.empty();
    }

    /** The policy as it would be right after the step. One that leaves the recycle bin is enforced at once if it was when deleted. */
    private static JsonObject resulting(RestoreStep step, RestorePlan plan, JsonObject now) {
        if (step instanceof RestoreStep.Create create) {
            return create.body();
        }
        JsonObject result = now;
        if (step instanceof RestoreStep.PatchProperties patch) {
            for (Map.Entry<String, JsonValue> member : patch.patch().members().entrySet()) {
                result = result.with(member.getKey(), member.getValue());
            }
        }
        return result;
    }

    private boolean isOurs(ObjectRef object, JsonObject now) {
        boolean application = object.kind() == ObjectKind.APPLICATION || object.kind() == ObjectKind.SERVICE_PRINCIPAL;
        return application
                && now.findString("appId").map(limits.ownAppIds()::contains).orElse(false);
    }

    private static boolean isRoleGroupMembership(RestoreStep step, JsonObject group) {
        LinkKind kind = null;
        if (step instanceof RestoreStep.AddLinks links) {
            kind = links.kind();
        } else if (step instanceof RestoreStep.RemoveLink link) {
            kind = link.kind();
        }
        return (kind == LinkKind.GROUP_MEMBERS || kind == LinkKind.GROUP_OWNERS)
                && group.find("isAssignableToRole").orElse(JsonBoolean.FALSE) == JsonBoolean.TRUE;
    }

    private @Nullable String refusalOfAll(RestoreCommand command, RestorePlan plan) {
        int objects = plan.objects().size();
        int asked = command.options().maxObjects();
        if (asked > 0 && objects > asked) {
            return "the plan touches " + objects + " objects, and the command allows " + asked;
        }
        if (asked == 0 && objects > limits.maxObjects()) {
            return "the plan touches " + objects + " objects, more than the limit of " + limits.maxObjects()
                    + "; a command that is meant to has to give maxObjects";
        }
        long deletions = plan.byOperation().getOrDefault("soft-delete", 0L);
        if (deletions > limits.maxDeletions()) {
            return "the plan deletes " + deletions + " objects, more than the limit of " + limits.maxDeletions();
        }
        boolean forbidden = command.options().conflict() == io.tidemark.contracts.RestoreOptions.Conflict.FAIL
                && !plan.open(OpenPoint.Why.CONFLICT).isEmpty();
        return forbidden ? "something was changed again since, and the command asks to stop then" : null;
    }

    private List<String> secondPerson(RestorePlan plan, GuardFacts facts) {
        List<String> reasons = new ArrayList<>();
        int objects = plan.objects().size();
        if (objects > limits.fourEyesAbove()) {
            reasons.add("it touches " + objects + " objects, more than " + limits.fourEyesAbove());
        }
        if (plan.byOperation().getOrDefault("soft-delete", 0L) > 0) {
            reasons.add("it deletes objects");
        }
        Map<ObjectKind, Long> touched = new EnumMap<>(ObjectKind.class);
        plan.objects().forEach(object -> touched.merge(object.kind(), 1L, Long::sum));
        touched.forEach((kind, count) -> {
            long all = facts.counts().getOrDefault(kind, 0L);
            if (all > 0 && (double) count / all > limits.maxShare()) {
                reasons.add(String.format(
                        Locale.ROOT, "it touches %.0f %% of all objects of kind %s", 100.0 * count / all, kind.word()));
            }
        });
        return reasons;
    }

    private static List<String> warnings(RestorePlan plan, GuardFacts facts) {
        List<String> warnings = new ArrayList<>();
        for (PlannedStep planned : plan.sendable()) {
            ObjectRef object = planned.step().object();
            boolean policy = object.kind() == ObjectKind.CONDITIONAL_ACCESS_POLICY;
            if (policy && planned.step() instanceof RestoreStep.Undelete) {
                warnings.add(object + " leaves the recycle bin in the state in which it was deleted");
            } else if (policy
                    && resulting(planned.step(), plan, facts.propertiesOf(object))
                            .find("state")
                            .orElse(new JsonString(""))
                            .equals(new JsonString("enabled"))) {
                warnings.add(object + " will be enforced");
            }
        }
        return warnings;
    }

    private static List<OpenPoint> openPoints(RestoreStep step, String reason) {
        if (step instanceof RestoreStep.AddLinks links) {
            return links.targets().stream()
                    .map(target -> new OpenPoint(
                            OpenPoint.Why.BLOCKED, links.kind().word(), links.source() + "~" + target, "", reason))
                    .toList();
        }
        if (step instanceof RestoreStep.PatchProperties patch) {
            return patch.paths().stream()
                    .filter(path -> !path.startsWith("@"))
                    .map(path -> new OpenPoint(
                            OpenPoint.Why.BLOCKED, step.key().type(), step.key().id(), path, reason))
                    .toList();
        }
        return List.of(new OpenPoint(
                OpenPoint.Why.BLOCKED, step.key().type(), step.key().id(), "", reason));
    }
}
