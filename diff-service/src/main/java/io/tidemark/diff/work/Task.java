package io.tidemark.diff.work;

import io.tidemark.directory.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of long work.
 *
 * @param tenant the tenant
 * @param id the same for the same order
 * @param kind which runner does it
 * @param subject what it is about, such as a snapshot's id
 * @param state how far it is
 * @param order what is to be done, as the runner spells it
 * @param progress how far the run is
 * @param checkpoint where an interrupted run goes on, as the runner spells it; null if at the start
 * @param result what came of it, as the runner spells it; null until it has ended well
 * @param reason why it failed, or why the last attempt did
 * @param attempts how many attempts have ended early
 * @param createdAt when it was ordered
 * @param endedAt when it ended; null until then
 * @param fence the fence of the lease it was last worked on under
 * @param pages how many pages of lines came of it
 */
public record Task(
        TenantId tenant,
        String id,
        String kind,
        String subject,
        State state,
        String order,
        Progress progress,
        @Nullable String checkpoint,
        @Nullable String result,
        @Nullable String reason,
        int attempts,
        Instant createdAt,
        @Nullable Instant endedAt,
        long fence,
        int pages) {

    /** How far a task is. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }

    /** How much of the work is done, in whatever the runner counts; of how much is 0 while that is not known. */
    public record Progress(long done, long of) {
        public static final Progress NONE = new Progress(0, 0);
    }

    /** What tells one task from another. */
    public record Name(TenantId tenant, String id) {
        @Override
        public String toString() {
            return tenant + "|" + id;
        }
    }

    public static Task ordered(
            TenantId tenant, String id, String kind, String subject, String order, Instant createdAt) {
        return new Task(
                tenant,
                id,
                kind,
                subject,
                State.QUEUED,
                order,
                Progress.NONE,
                null,
                null,
                null,
                0,
                createdAt,
                null,
                0,
                0);
    }

    public Name name() {
        return new Name(tenant, id);
    }

    public boolean hasEnded() {
        return state == State.DONE || state == State.FAILED;
    }

    Task running(long newFence) {
        return with(State.RUNNING, progress, checkpoint, null, reason, attempts, null, newFence, 0);
    }

    Task at(Progress now, @Nullable String newCheckpoint, int newPages) {
        return with(state, now, newCheckpoint, result, reason, attempts, endedAt, fence, newPages);
    }

    Task done(String newResult, Instant at) {
        return with(State.DONE, progress, null, newResult, null, attempts, at, fence, pages);
    }

    Task failed(String why, Instant at) {
        return with(State.FAILED, progress, checkpoint, null, why, attempts, at, fence, pages);
    }

    Task interrupted(String why) {
        return with(State.QUEUED, progress, checkpoint, null, why, attempts + 1, null, fence, pages);
    }

    /** The same, neither tried nor ended by a turn that was over before the work was. */
    Task waiting(@Nullable String why) {
        return with(State.QUEUED, progress, checkpoint, null, why, attempts, null, fence, pages);
    }

    Task again() {
        return with(State.QUEUED, Progress.NONE, checkpoint, null, null, 0, null, fence, 0);
    }

    private Task with(
            State newState,
            Progress newProgress,
            @Nullable String newCheckpoint,
            @Nullable String newResult,
            @Nullable String newReason,
            int newAttempts,
            @Nullable Instant newEndedAt,
            long newFence,
            int newPages) {
        return new Task(
                tenant,
                id,
                kind,
                subject,
                newState,
                order,
                newProgress,
                newCheckpoint,
                newResult,
                newReason,
                newAttempts,
                createdAt,
                newEndedAt,
                newFence,
                newPages);
    }
}
