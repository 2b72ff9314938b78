package io.tidemark.restore.plan;

import org.jspecify.annotations.Nullable;

/**
 * A step in its place.
 *
 * @param number its place in the plan, from 0
 * @param stage steps of a lower stage end before this one starts
 * @param stepId derived from what it does: the same restore has the same ids whenever it is planned
 * @param step what is written
 * @param blocked why the guard does not let it be sent; null if it does
 */
public record PlannedStep(
        int number,
        int stage,
        String stepId,
        RestoreStep step,
        @Nullable String blocked) {

    public boolean isBlocked() {
        return blocked != null;
    }

    public PlannedStep blockedBecause(String reason) {
        return new PlannedStep(number, stage, stepId, step, reason);
    }
}
