package io.tidemark.restore.journal;

import io.tidemark.restore.plan.PlannedStep;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Where steps are journalled. What it has taken survives a crash, and a step changes only from the state that its worker saw. */
public interface StepStore {

    /** Puts a plan's steps down, in place of those of an earlier plan of the same restore. */
    void put(String commandId, List<PlannedStep> steps, Instant at);

    /** The steps from one number to before another, in order. */
    List<StepEntry> read(String commandId, int from, int to);

    /** Makes the steps that have not settled this worker's own: a worker with an older fence cannot change them any more. */
    void adopt(String commandId, int count, long fence);

    /**
     * Brings steps from one state to another, each by compare-and-set on state and fence.
     *
     * @throws FencedException if a step is not as given, because another worker has taken over; others may have been changed
     */
    void move(List<Move> moves);

    /** Of the settled steps, those whose outcome has not been told yet. */
    List<StepEntry> untold(String commandId, int count);

    /** Notes that the outcome of these steps has been told. */
    void told(String commandId, Collection<Integer> numbers);

    /** From what to what. */
    record Move(StepEntry from, StepEntry to) {}
}
