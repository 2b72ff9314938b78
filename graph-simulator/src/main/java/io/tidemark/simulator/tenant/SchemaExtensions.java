package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of schema extensions: complex properties under the id of their definition. */
public final class SchemaExtensions {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*_[a-zA-Z0-9]+");

    private SchemaExtensions() {}

    /** Whether a name that the kind does not declare can be that of an extension. */
    public static boolean named(Kind kind, String name) {
        return name.indexOf('_') > 0
                && kind.property(name) == null
                && !name.startsWith("extension_")
                && NAME.matcher(name).matches();
    }

    /** The definition of an extension for objects of a kind; {@code null} if there is none. */
    public static @Nullable Node definition(Tenant tenant, Kind kind, String name) {
        if (!named(kind, name)) {
            return null;
        }
        Node found = tenant.find(Kinds.all().get("schemaExtensions"), name);
        JsonNode targets = found == null ? null : found.entity().get("targetTypes");
        if (found == null || targets == null || !found.live()) {
            return null;
        }
        for (JsonNode target : targets) {
            if (target.asText().equalsIgnoreCase(kind.type())) {
                return found;
            }
        }
        return null;
    }

    /** Whether a value has only members that the definition knows, each of its type. */
    static boolean fits(Node definition, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        if (!value.isObject()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!member.getKey().startsWith("@") && !member(definition, member.getKey(), member.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean member(Node definition, String name, JsonNode value) {
        JsonNode properties = definition.entity().get("properties");
        for (JsonNode property : properties == null ? Json.array() : properties) {
            if (property.path("name").asText().equals(name)) {
                return value.isNull()
                        || switch (property.path("type").asText()) {
                            case "Integer" -> value.isIntegralNumber();
                            case "Boolean" -> value.isBoolean();
                            default -> value.isTextual();
                        };
            }
        }
        return false;
    }
}
