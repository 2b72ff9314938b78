package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sent for one object, checked against the kind's table.
 *
 * @param type the declared type, if one was sent
 * @param properties the properties in the schema's spelling
 * @param binds ids to be linked, by relation
 * @param children objects to be made under this one, by relation
 */
public record Body(
        @Nullable String type,
        Map<String, JsonNode> properties,
        Map<Relation, List<String>> binds,
        Map<Relation, List<ObjectNode>> children) {

    public Body {
        properties = new LinkedHashMap<>(properties);
    }

    @Nullable
    public String text(String property) {
        JsonNode value = properties.get(property);
        return value == null || value.isNull() ? null : value.asText();
    }

    public boolean isTrue(String property) {
        JsonNode value = properties.get(property);
        return value != null && value.asBoolean();
    }

    public boolean has(String property) {
        return properties.containsKey(property);
    }

    public void defaultTo(String property, JsonNode value) {
        properties.putIfAbsent(property, value);
    }
}
