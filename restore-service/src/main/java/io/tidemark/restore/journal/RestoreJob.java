package io.tidemark.restore.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One restore in the journal.
 *
 * @param command what was asked for
 * @param undoes the restore that this one takes back; null if it is none
 * @param state how far it is
 * @param fence the fence of the worker that may carry it on
 * @param order what a person has told it
 * @param planHash its plan; null before there is one
 * @param baseline the instant that its baseline stands for; null before there is a plan
 * @param plan its plan in figures; null before there is one
 * @param approvals who has agreed
 * @param ids new ids by old ones, of what was created anew
 * @param progress how far its steps are
 * @param leftovers how many points were open in the end
 * @param reason why it is where it is, if that needs one
 * @param notBefore when it may be tried again after a failure
 * @param failures how often in a row it could not be carried on
 * @param times when it got where
 * @param outbox what is still to be told
 * @param version grows with every change
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreJob(
        RestoreCommand command,
        @Nullable String undoes,
        RestoreState state,
        long fence,
        Order order,
        @Nullable String planHash,
        @Nullable Instant baseline,
        @Nullable PlanSummary plan,
        List<Approval> approvals,
        Map<String, String> ids,
        Progress progress,
        int leftovers,
        @Nullable String reason,
        @Nullable Instant notBefore,
        int failures,
        Times times,
        List<Notice> outbox,
        long version) {

    /** What a person has told a restore. */
    public enum Order {
        NONE,
        EXECUTE,
        PAUSE,
        CANCEL
    }

    /** When a restore got where. */
    public record Times(
            Instant acceptedAt,
            @Nullable Instant plannedAt,
            @Nullable Instant startedAt,
            @Nullable Instant writtenAt,
            @Nullable Instant endedAt,
            Instant updatedAt) {}

    /** A status that is to be told: the number makes its event's id. */
    public record Notice(
            long number,
            RestoreState state,
            @Nullable String planHash,
            Map<String, Long> steps,
            @Nullable String reason,
            Instant at) {}

    private static final Duration LIFETIME = Duration.ofHours(24);

    public RestoreJob {
        approvals = List.copyOf(approvals);
        ids = Map.copyOf(ids);
        outbox = List.copyOf(outbox);
    }

    /** A restore that has just been asked for. */
    public static RestoreJob accepted(RestoreCommand command, @Nullable String undoes, Instant now) {
        return new RestoreJob(
                        command,
                        undoes,
                        RestoreState.ACCEPTED,
                        0,
                        Order.NONE,
                        null,
                        null,
                        null,
                        List.of(),
                        Map.of(),
                        Progress.NONE,
                        0,
                        null,
                        null,
                        0,
                        new Times(now, null, null, null, null, now),
                        List.of(),
                        0)
                .to(RestoreState.ACCEPTED, null, now);
    }

    public String id() {
        return command.commandId();
    }

    public int stepCount() {
        return plan == null ? 0 : plan.steps();
    }

    RestoreJob atVersion(long number) {
        return new RestoreJob(
                command, undoes, state, fence, order, planHash, baseline, plan, approvals, ids, progress, leftovers,
                reason, notBefore, failures, times, outbox, number);
    }

    /** When it becomes void if nobody has approved and started it by then. */
    @JsonIgnore
    public Instant voidAt() {
        Instant given = command.expiresAt();
        return given == null ? times.acceptedAt().plus(LIFETIME) : given;
    }

    /** Whether it waits for a person who has to decide before it becomes void. */
    @JsonIgnore
    public boolean isUndecided() {
        return state == RestoreState.AWAITING_APPROVAL || state == RestoreState.APPROVED && order == Order.NONE;
    }

    /** Whether a worker has something to do for it. */
    @JsonIgnore
    public boolean isActionable() {
        return switch (state) {
            case ACCEPTED, PLANNING, RUNNING, VERIFYING -> true;
            case APPROVED -> order == Order.EXECUTE || order == Order.CANCEL;
            case AWAITING_APPROVAL, PAUSED, NEEDS_ATTENTION -> order == Order.CANCEL;
            case COMPLETED, COMPLETED_WITH_WARNINGS, PARTIALLY_FAILED, FAILED, CANCELED, REJECTED, EXPIRED -> false;
        };
    }

    /** The same in another state; the change is put into the outbox. */
    public RestoreJob to(RestoreState next, @Nullable String why, Instant now) {
        List<Notice> more = new ArrayList<>(outbox);
        more.add(new Notice(version + 1, next, planHash, progress.byState(), why, now));
        Times changed = new Times(
                times.acceptedAt(),
                times.plannedAt(),
                next == RestoreState.RUNNING && times.startedAt() == null ? now : times.startedAt(),
                next == RestoreState.VERIFYING && times.writtenAt() == null ? now : times.writtenAt(),
                next.terminal() ? now : times.endedAt(),
                now);
        return new JobChange(this)
                .state(next)
                .reason(why)
                .times(changed)
                .outbox(more)
                .done();
    }

    public JobChange change() {
        return new JobChange(this);
    }
}
