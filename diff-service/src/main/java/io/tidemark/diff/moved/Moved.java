package io.tidemark.diff.moved;

import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.List;

/**
 * An object or link that moved while a capture read the tenant: the snapshot may hold it as it was before, between or after.
 *
 * @param key the object or link
 * @param what what happened to it, in order of time and without repetition
 * @param firstAt when that was first seen, by the audit log's time or that of a reading
 * @param lastAt when it was last seen
 * @param auditIds the events that tell of it; none if only readings do
 * @param readings when it was read, if it was read in more than one state
 */
public record Moved(
        StateKey key, List<What> what, Instant firstAt, Instant lastAt, List<String> auditIds, List<Instant> readings) {

    /** What happened to an object or link. */
    public enum What {
        CREATED,
        CHANGED,
        DELETED,
        RESTORED
    }

    public Moved {
        what = List.copyOf(what);
        auditIds = List.copyOf(auditIds);
        readings = List.copyOf(readings);
    }
}
