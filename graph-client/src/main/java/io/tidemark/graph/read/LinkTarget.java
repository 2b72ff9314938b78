package io.tidemark.graph.read;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.transport.GraphException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a link leads.
 *
 * @param id the target
 * @param type the target's type without Graph's namespace, such as {@code user}; empty if Graph does not say
 */
public record LinkTarget(ObjectId id, Optional<String> type) {

    private static final String NAMESPACE = "#microsoft.graph.";

    /** The targets that a list shows beside an object. */
    static List<LinkTarget> beside(JsonObject object, String relation) {
        List<LinkTarget> targets = new ArrayList<>();
        if (object.find(relation).orElse(JsonArray.EMPTY) instanceof JsonArray shown) {
            for (JsonValue target : shown.elements()) {
                if (target instanceof JsonObject end) {
                    targets.add(of(end));
                }
            }
        }
        return targets;
    }

    static LinkTarget of(JsonObject object) {
        String id = object.findString("id").orElseThrow(() -> GraphException.unreadable("a link's target has no id"));
        return new LinkTarget(
                new ObjectId(id),
                object.findString("@odata.type")
                        .map(type -> type.startsWith(NAMESPACE) ? type.substring(NAMESPACE.length()) : type));
    }
}
