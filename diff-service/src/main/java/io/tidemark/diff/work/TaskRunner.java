package io.tidemark.diff.work;

/** Does one kind of task. A run may be cut off anywhere and begin again from its checkpoint, here or elsewhere. */
public interface TaskRunner {

    /** Which tasks it does. */
    String kind();

    /**
     * Does the task and says what came of it, as JSON.
     *
     * @throws TaskException if it cannot be done
     * @throws InterruptedTaskException if it could not be done this time
     */
    String run(Turn turn);

    /** Hears that one of its tasks has failed for good. */
    default void failed(Task task) {}
}
