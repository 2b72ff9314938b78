package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;

/** Takes the links of one or many objects, one by one. */
@FunctionalInterface
public interface LinkSink {

    void accept(ObjectId source, LinkTarget target);

    /** A list showed this object, with or without links. */
    default void shown(ObjectId source) {}

    /** The links of all objects begin again from the start, because Graph let the listing expire. */
    default void restarted() {}

    /** The links of this object begin again from the start, because Graph let the listing expire. */
    default void restarted(ObjectId source) {}

    /** This object is not there (any more), so nothing is known of its links. */
    default void missing(ObjectId source) {}
}
