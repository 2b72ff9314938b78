package io.tidemark.graph.read;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Pages, and refusals of pages, that were fetched many at a time. Each is handed out once, so that a second reading is a fresh one. */
final class FirstPages {

    private final Map<ObjectKind, JsonObject> pages = new ConcurrentHashMap<>();
    private final Map<ObjectKind, GraphException> refusals = new ConcurrentHashMap<>();

    void add(ObjectKind kind, JsonObject page) {
        pages.put(kind, page);
    }

    void refused(ObjectKind kind, GraphException why) {
        refusals.put(kind, why);
    }

    /**
     * The kind's page; empty if there is none.
     *
     * @throws GraphException if Graph refused it
     */
    Optional<JsonObject> take(ObjectKind kind) {
        @Nullable GraphException refusal = refusals.remove(kind);
        if (refusal != null) {
            throw refusal;
        }
        @Nullable JsonObject page = pages.remove(kind);
        return Optional.ofNullable(page);
    }
}
