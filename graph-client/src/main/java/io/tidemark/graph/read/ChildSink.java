package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonObject;

/** Takes what hangs on one or many objects, one by one. */
@FunctionalInterface
public interface ChildSink {

    void accept(ObjectId parent, JsonObject child);

    /** All that hangs on this object has been told. */
    default void shown(ObjectId parent) {}

    /** Everything begins again from the start, because Graph let the list of parents expire. */
    default void restarted() {}

    /** What hangs on this object begins again from the start, because Graph let the listing expire. */
    default void restarted(ObjectId parent) {}

    /** The object is not there (any more), or nothing can hang on it. */
    default void missing(ObjectId parent) {}
}
