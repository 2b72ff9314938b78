package io.tidemark.diff.report;

import io.tidemark.directory.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A difference report, ordered or done.
 *
 * @param id derived from what was asked for
 * @param tenant the tenant
 * @param state how far it is
 * @param from the earlier moment, as asked for
 * @param to the later moment, as asked for
 * @param fromInstant the earlier instant
 * @param toInstant the later instant; null until the live tenant has been captured
 * @param scope what part of the tenant it is about
 * @param counts how much of what it holds
 * @param items how many items it has
 * @param fence which attempt to build it wrote its items
 * @param pages how many pages of items there are
 * @param createdAt when it was asked for
 * @param millis how long it took to build, without waiting for a capture
 * @param reason why it failed
 */
public record Report(
        String id,
        TenantId tenant,
        State state,
        String from,
        String to,
        Instant fromInstant,
        @Nullable Instant toInstant,
        Scope scope,
        ReportCounts counts,
        long items,
        long fence,
        int pages,
        Instant createdAt,
        long millis,
        @Nullable String reason) {

    /** How far a report is. */
    public enum State {
        QUEUED,
        RUNNING,
        READY,
        FAILED
    }

    static Report queued(
            String id,
            TenantId tenant,
            String from,
            String to,
            Instant fromInstant,
            @Nullable Instant toInstant,
            Scope scope,
            Instant createdAt) {
        return new Report(
                id,
                tenant,
                State.QUEUED,
                from,
                to,
                fromInstant,
                toInstant,
                scope,
                ReportCounts.NONE,
                0,
                0,
                0,
                createdAt,
                0,
                null);
    }

    Report withState(State newState, @Nullable String newReason) {
        return new Report(
                id,
                tenant,
                newState,
                from,
                to,
                fromInstant,
                toInstant,
                scope,
                counts,
                items,
                fence,
                pages,
                createdAt,
                millis,
                newReason);
    }

    /** What becomes of it when it cannot be built; what was built before stays readable. */
    Report failed(String why) {
        return state == State.READY ? withState(State.READY, "not built anew: " + why) : withState(State.FAILED, why);
    }

    Report running(Instant until) {
        return new Report(
                id,
                tenant,
                state == State.READY ? State.READY : State.RUNNING,
                from,
                to,
                fromInstant,
                until,
                scope,
                counts,
                items,
                fence,
                pages,
                createdAt,
                millis,
                null);
    }

    Report ready(ReportCounts newCounts, long newItems, long newFence, int newPages, long newMillis) {
        return new Report(
                id,
                tenant,
                State.READY,
                from,
                to,
                fromInstant,
                toInstant,
                scope,
                newCounts,
                newItems,
                newFence,
                newPages,
                createdAt,
                newMillis,
                null);
    }
}
