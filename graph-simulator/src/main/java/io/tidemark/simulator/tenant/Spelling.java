package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.EnumType;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of enumerations and names of members are taken in any case and kept as the schema spells them. */
final class Spelling {

    private final Schema schema;

    Spelling(Schema schema) {
        this.schema = schema;
    }

    /** The value as the schema spells it. */
    JsonNode of(JsonNode value, TypeRef type) {
        if (value instanceof ArrayNode list) {
            ArrayNode spelled = Json.array();
            list.forEach(item -> spelled.add(single(item, type.name())));
            return spelled;
        }
        return single(value, type.name());
    }

    private JsonNode single(JsonNode value, String type) {
        if (value.isTextual()) {
            EnumType words = schema.enumeration(type);
            return words == null ? value : word(value, words);
        }
        if (type.equals("ipRange") && value.isObject() && !value.has("@odata.type")) {
            return single(range((ObjectNode) value), type);
        }
        Map<String, TypeRef> declared = value.isObject() ? members(value, type) : null;
        if (declared == null) {
            return value;
        }
        ObjectNode spelled = Json.object();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = name(member.getKey(), declared);
            TypeRef at = declared.get(name);
            spelled.set(name, at == null ? member.getValue() : of(member.getValue(), at));
        }
        return spelled;
    }

    /** A range whose type is not named has that of its addresses. */
    private static ObjectNode range(ObjectNode sent) {
        boolean cidr = sent.has("cidrAddress");
        String version =
                sent.path(cidr ? "cidrAddress" : "lowerAddress").asText().contains(":") ? "iPv6" : "iPv4";
        ObjectNode typed = Json.object();
        typed.put("@odata.type", "#microsoft.graph." + version + (cidr ? "CidrRange" : "Range"));
        return typed.setAll(sent);
    }

    private @Nullable Map<String, TypeRef> members(JsonNode value, String type) {
        String named = value.path("@odata.type").asText("");
        Map<String, TypeRef> own = schema.properties(named.substring(named.lastIndexOf('.') + 1));
        return own == null ? schema.properties(type) : own;
    }

    private static String name(String sent, Map<String, TypeRef> declared) {
        if (!declared.containsKey(sent) && !sent.contains("@")) {
            for (String known : declared.keySet()) {
                if (known.equalsIgnoreCase(sent)) {
                    return known;
                }
            }
        }
        return sent;
    }

    private static JsonNode word(JsonNode value, EnumType words) {
        if (words.members().contains(value.asText())) {
            return value;
        }
        List<String> spelled = new ArrayList<>();
        for (String part : value.asText().split(",", -1)) {
            String wanted = part.trim();
            spelled.add(words.members().stream()
                    .filter(wanted::equalsIgnoreCase)
                    .findFirst()
                    .orElse(wanted));
        }
        return TextNode.valueOf(String.join(",", spelled));
    }
}
