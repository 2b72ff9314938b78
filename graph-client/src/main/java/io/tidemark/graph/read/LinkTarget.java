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

    /** The id of an object beside which a list shows others. */
    static ObjectId listedId(JsonObject object) {
        return object.findString("id")
                .flatMap(ObjectId::find)
                .orElseThrow(() -> GraphException.unreadable("an object of a list has no id"));
    }

    static LinkTarget of(JsonObject object) {
        String id = object.findString("id").orElseThrow(() -> GraphException.unreadable("a link's target has no id"));
        return new LinkTarget(
                ObjectId.find(id)
                        .orElseThrow(() -> GraphException.unreadable("a link's target has an id that is none")),
                object.findString("@odata.type")
                        .map(type -> type.startsWith(NAMESPACE) ? type.substring(NAMESPACE.length()) : type));
    }
}
