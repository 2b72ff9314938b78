package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an object is, told by the properties that it has, where nothing else tells it. */
final class Shapes {

    private static final JsonNode SHAPES = Json.resource("intake/shapes.json");

    private Shapes() {}

    static @Nullable Kind of(ObjectNode object) {
        for (JsonNode shape : SHAPES) {
            if (hasAll(object, shape.path("has")) && hasNone(object, shape.path("not"))) {
                return Kinds.all().get(shape.path("table").asText());
            }
        }
        return null;
    }

    private static boolean hasAll(ObjectNode object, JsonNode names) {
        for (JsonNode name : names) {
            if (!object.has(name.asText())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNone(ObjectNode object, JsonNode names) {
        for (JsonNode name : names) {
            if (object.has(name.asText())) {
                return false;
            }
        }
        return true;
    }

    /** The one type of a kind with several that declares most of what the object has; none if two do. */
    static @Nullable String type(Kind kind, ObjectNode object) {
        String best = null;
        long most = count(kind.type(), object);
        for (String candidate : Schema.v1().descendants(kind.type())) {
            long declared = count(candidate, object);
            if (declared >= most) {
                best = declared == most ? null : candidate;
                most = declared;
            }
        }
        return best;
    }

    private static long count(String type, ObjectNode object) {
        Map<String, Schema.TypeRef> declared = Schema.v1().properties(type);
        return declared == null
                ? 0
                : object.properties().stream()
                        .filter(p -> declared.containsKey(p.getKey()))
                        .count();
    }
}
