package io.tidemark.restore.plan;

import io.tidemark.directory.StateKey;

/**
 * Something that will not be as it was, and why.
 *
 * @param why which sort of reason
 * @param type what it is about
 * @param id what it is about, by the id that the baseline knows
 * @param path the property; empty if it is about the whole object or link
 * @param reason one sentence without values
 */
public record OpenPoint(Why why, String type, String id, String path, String reason) {

    /** Sorts of reasons. */
    public enum Why {
        /** Graph cannot put it back. */
        UNRESTORABLE,
        /** Somebody changed it again since. */
        CONFLICT,
        /** The guard does not let it be touched. */
        BLOCKED,
        /** It was made since, and what was made since is kept. */
        KEPT,
        /** The caller or a safe default asked for something else than what was recorded. */
        CHOSEN,
        /** A person has to do it. */
        MANUAL,
        /** Comes by itself, or follows from something else. */
        FOLLOWS,
        /** It is as it was, but under a new id. */
        NEW_ID,
        /** It was tried and did not take. */
        FAILED
    }

    static OpenPoint of(Why why, StateKey key, String path, String reason) {
        return new OpenPoint(why, key.type(), key.id(), path, reason);
    }
}
