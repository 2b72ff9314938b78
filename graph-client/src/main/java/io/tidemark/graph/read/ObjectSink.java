package io.tidemark.graph.read;

import io.tidemark.directory.json.JsonObject;

/** Takes the objects of a listing, one by one. */
@FunctionalInterface
public interface ObjectSink {

    void accept(JsonObject object);

    /**
     * Graph let the listing expire, and it begins again: every object will come again, and what came before may be outdated. Whoever
     * counts what is present forgets it now. By default nothing happens and the later object simply wins.
     */
    default void restarted() {}
}
