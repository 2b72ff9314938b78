package io.tidemark.snapshot.capture;

/** Asked between steps whether the capture may go on. */
@FunctionalInterface
public interface Checkpoint {

    /**
     * Returns if the capture may go on.
     *
     * @throws CaptureStoppedException if it may not
     */
    void pass();
}
