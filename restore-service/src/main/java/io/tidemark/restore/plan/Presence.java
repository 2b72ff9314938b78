package io.tidemark.restore.plan;

/** Whether something is there, at a moment, as history knows it. */
public enum Presence {
    PRESENT,
    SOFT_DELETED,
    HARD_DELETED,
    NEVER;

    public boolean isPresent() {
        return this == PRESENT;
    }
}
