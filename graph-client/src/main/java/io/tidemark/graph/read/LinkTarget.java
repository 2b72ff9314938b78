package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonObject;
import java.util.Optional;

/**
 * Where a link leads.
 *
 * @param id the target
 * @param type the target's type without Graph's namespace, such as {@code user}; empty if Graph does not say
 */
public record LinkTarget(ObjectId id, Optional<String> type) {

    private static final String NAMESPACE = "#microsoft.graph.";

    static LinkTarget of(JsonObject object) {
        String id =
                object.findString("id").orElseThrow(() -> new IllegalArgumentException("a link's target has no id"));
        return new LinkTarget(
                new ObjectId(id),
                object.findString("@odata.type")
                        .map(type -> type.startsWith(NAMESPACE) ? type.substring(NAMESPACE.length()) : type));
    }
}
