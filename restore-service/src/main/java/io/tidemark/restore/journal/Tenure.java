package io.tidemark.restore.journal;

/** A worker's right to carry a restore on. */
public interface Tenure {

    /** The fence that this worker writes with. */
    long fence();

    /**
     * Says nothing while the right is surely held.
     *
     * @throws FencedException if it has been lost or may have been
     */
    void check();
}
