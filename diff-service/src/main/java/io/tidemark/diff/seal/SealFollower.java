package io.tidemark.diff.seal;

/** Does something once a snapshot is sealed. May hear of the same snapshot again after an interruption. */
public interface SealFollower {

    void sealed(Snapshot snapshot);
}
