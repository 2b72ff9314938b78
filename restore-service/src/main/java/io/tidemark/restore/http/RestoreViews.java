package io.tidemark.restore.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.StateKey;
import io.tidemark.restore.journal.Approval;
import io.tidemark.restore.journal.PlanSummary;
import io.tidemark.restore.journal.Progress;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.plan.OpenPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What restores look like over HTTP. */
final class RestoreViews {

    /** Most open points that a restore's own view lists; all of them can be paged through. */
    static final int MOST_POINTS = 1_000;

    private RestoreViews() {}

    /** A restore that is asked for. */
    record Request(
            @Nullable String commandId,
            @Nullable String requestedBy,
            @Nullable String reason,
            @Nullable String baseline,
            @Nullable Selection selection,
            @Nullable RestoreOptions options,
            @Nullable Instant expiresAt) {}

    /** A decision on a restore. */
    record Decision(
            @Nullable String decidedBy,
            @Nullable String planHash,
            @Nullable String reason) {}

    /** One restore. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RestoreView(
            String commandId,
            String tenantId,
            RestoreState state,
            @Nullable String planHash,
            String requestedBy,
            List<Approval> approvals,
            String baseline,
            @Nullable String undoes,
            Selection selection,
            RestoreOptions options,
            @Nullable PlanView plan,
            Progress progress,
            @Nullable ResultView result,
            @Nullable String reason,
            RestoreJob.Times timestamps) {}

    /** A plan in figures, with what it leaves open. */
    record PlanView(
            int objects,
            int steps,
            int writes,
            Map<String, Long> byOperation,
            List<String> warnings,
            List<String> secondPerson,
            int conflicts,
            int blocked,
            int open,
            List<PointView> unrestorable) {}

    /** How a restore ended. */
    record ResultView(int open, List<PointView> leftovers, Map<String, String> idMap) {}

    /** Something that is not as it was. */
    record PointView(String type, String id, String path, String property, OpenPoint.Why why, String reason) {

        static PointView of(OpenPoint point) {
            int slash = point.path().indexOf('/');
            return new PointView(
                    point.type(),
                    point.id(),
                    point.path(),
                    slash < 0 ? point.path() : point.path().substring(0, slash),
                    point.why(),
                    point.reason());
        }
    }

    /** Some of a restore's open points. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Points(List<PointView> items, @Nullable String next) {}

    /** One step. Values are not shown: they are personal data. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StepView(
            int number,
            int stage,
            String stepId,
            String operation,
            String type,
            String id,
            String objectType,
            String objectId,
            List<String> properties,
            String state,
            int attempts,
            @Nullable String newObjectId,
            @Nullable String reason,
            Instant at) {

        static StepView of(StepEntry entry) {
            StateKey key = entry.step().key();
            return new StepView(
                    entry.number(),
                    entry.stage(),
                    entry.stepId(),
                    entry.step().operation(),
                    key.type(),
                    key.id(),
                    entry.step().object().kind().word(),
                    entry.step().object().id().value(),
                    entry.step().paths(),
                    entry.state().name(),
                    entry.attempts(),
                    entry.newId(),
                    entry.reason(),
                    entry.at());
        }
    }

    /** Some of a restore's steps. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Steps(List<StepView> items, @Nullable String next) {}

    /** Some of a tenant's restores, newest first. */
    record Restores(List<RestoreView> items) {}

    static RestoreView view(RestoreJob job, List<OpenPoint> announced, List<OpenPoint> leftovers) {
        PlanSummary plan = job.plan();
        return new RestoreView(
                job.id(),
                job.command().tenantId(),
                job.state(),
                job.planHash(),
                job.command().requestedBy(),
                job.approvals(),
                job.command().baseline(),
                job.undoes(),
                job.command().selection(),
                job.command().options(),
                plan == null ? null : plan(plan, announced),
                job.progress(),
                job.times().writtenAt() == null ? null : result(job, leftovers),
                job.reason(),
                job.times());
    }

    private static PlanView plan(PlanSummary plan, List<OpenPoint> announced) {
        return new PlanView(
                plan.objects(),
                plan.steps(),
                plan.writes(),
                plan.byOperation(),
                plan.warnings(),
                plan.secondPerson(),
                plan.conflicts(),
                plan.blocked(),
                plan.open(),
                points(announced));
    }

    private static ResultView result(RestoreJob job, List<OpenPoint> leftovers) {
        return new ResultView(job.leftovers(), points(leftovers), job.ids());
    }

    static List<PointView> points(List<OpenPoint> points) {
        return points.stream().limit(MOST_POINTS).map(PointView::of).toList();
    }
}
