package io.tidemark.graph.read;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages that were fetched many at a time, each to be taken once.
 *
 * @param pages the pages by kind; a kind that was not answered well is missing
 * @param saved how many requests fewer were sent than pages asked for
 */
public record FirstPages(Map<ObjectKind, JsonObject> pages, int saved) {

    public FirstPages {
        Map<ObjectKind, JsonObject> own = new EnumMap<>(ObjectKind.class);
        own.putAll(pages);
        pages = own;
    }

    /** Nothing was fetched. */
    public static FirstPages none() {
        return new FirstPages(Map.of(), 0);
    }

    /** The kind's page, which is then forgotten, so that a second reading is a fresh one. */
    Optional<JsonObject> take(ObjectKind kind) {
        @Nullable JsonObject page = pages.remove(kind);
        return Optional.ofNullable(page);
    }
}
