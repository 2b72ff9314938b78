package io.tidemark.restore.journal;

import io.tidemark.restore.plan.RestoreStep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in the journal.
 *
 * @param commandId the restore
 * @param number its place in the plan
 * @param stage steps of a lower stage end first
 * @param stepId its derived id
 * @param step what it writes
 * @param state how far it is
 * @param fence the fence of the worker that may change it
 * @param attempts how often it was sent
 * @param due when it may be tried next
 * @param sentAt when it was sent last; null if never
 * @param newId the id of the object that it created; null if it did not
 * @param newAppId the application id that came with it; null if none did
 * @param narrowed what was really sent, where that was less than the step; null where it was all of it
 * @param reason why it ended otherwise than wanted; null if it did not
 * @param at when it got into this state
 */
public record StepEntry(
        String commandId,
        int number,
        int stage,
        String stepId,
        RestoreStep step,
        StepState state,
        long fence,
        int attempts,
        Instant due,
        @Nullable Instant sentAt,
        @Nullable String newId,
        @Nullable String newAppId,
        @Nullable RestoreStep narrowed,
        @Nullable String reason,
        Instant at) {

    /** What was really written or is to be. */
    public RestoreStep written() {
        return narrowed == null ? step : narrowed;
    }

    /** The same, in another state. */
    public StepEntry to(StepState next, Instant when) {
        return new StepEntry(
                commandId, number, stage, stepId, step, next, fence, attempts, due, sentAt, newId, newAppId, narrowed,
                reason, when);
    }

    public StepEntry because(String why) {
        return new StepEntry(
                commandId, number, stage, stepId, step, state, fence, attempts, due, sentAt, newId, newAppId, narrowed,
                why, at);
    }

    public StepEntry sent(Instant when) {
        return new StepEntry(
                commandId,
                number,
                stage,
                stepId,
                step,
                StepState.SENT,
                fence,
                attempts + 1,
                due,
                when,
                newId,
                newAppId,
                narrowed,
                reason,
                when);
    }

    public StepEntry dueAt(Instant when) {
        return new StepEntry(
                commandId, number, stage, stepId, step, state, fence, attempts, when, sentAt, newId, newAppId, narrowed,
                reason, at);
    }

    public StepEntry created(String id, @Nullable String appId) {
        return new StepEntry(
                commandId, number, stage, stepId, step, state, fence, attempts, due, sentAt, id, appId, narrowed,
                reason, at);
    }

    public StepEntry narrowedTo(RestoreStep less) {
        return new StepEntry(
                commandId, number, stage, stepId, step, state, fence, attempts, due, sentAt, newId, newAppId, less,
                reason, at);
    }

    public StepEntry heldBy(long holder) {
        return new StepEntry(
                commandId, number, stage, stepId, step, state, holder, attempts, due, sentAt, newId, newAppId, narrowed,
                reason, at);
    }
}
