package io.tidemark.restore.publish;

/** Tells what is in the outboxes. What was told but not noted is told again, under the same event ids. */
public interface OutcomeRelay {

    /** Tells everything that has not been told yet. */
    void relay();
}
