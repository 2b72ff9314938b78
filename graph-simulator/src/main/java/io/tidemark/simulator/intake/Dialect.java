package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what PowerShell, older interfaces and query tools print into Graph's spelling: capital first letters, underscores,
 * additional properties in a bag of their own, unset properties as null, dates in milliseconds, lists in wrappers.
 * Objects that are spelled as Graph does keep every value as it is.
 */
final class Dialect {

    private static final JsonNode SPELLINGS = Json.resource("intake/spellings.json");
    private static final Pattern MILLISECONDS = Pattern.compile("/Date\\((-?\\d{1,15})\\)/");
    private static final Pattern CUT_OFF = Pattern.compile(
            "System\\.(Object|String|Collections)\\S*|Microsoft\\.(Graph\\.PowerShell|Open\\.AzureAD)\\S*|@\\{.*\\}");

    private final Tally tally;

    Dialect(Tally tally) {
        this.tally = tally;
    }

    /** Whether names are spelled otherwise than Graph's. */
    static boolean foreign(JsonNode object) {
        return object.has("display_name")
                || !object.has("id")
                        && (object.has("Id")
                                || object.has("ObjectId")
                                || object.has("objectId")
                                || object.has("DisplayName")
                                || object.has("AdditionalProperties"));
    }

    /** The object with names without regard to its kind: enough to tell the kind by. */
    ObjectNode plain(ObjectNode object) {
        ObjectNode plain = (ObjectNode) value(object, null, true);
        String aad = plain.path("odata.type").asText(plain.path("objectType").asText());
        if (!aad.isEmpty() && !plain.has("@odata.type")) {
            plain.remove("odata.type");
            plain.put("@odata.type", "#microsoft.graph." + first(aad.substring(aad.lastIndexOf('.') + 1)));
        }
        for (Map.Entry<String, JsonNode> old : SPELLINGS.properties()) {
            String name = old.getValue().asText();
            JsonNode moved = plain.has(name) ? null : plain.remove(old.getKey());
            if (moved != null) {
                plain.set(name, name.equals("businessPhones") ? Json.array().add(moved) : moved);
            }
        }
        return plain;
    }

    /** The object with the names of its kind as the schema spells them. */
    ObjectNode spelled(ObjectNode object, Kind kind) {
        ObjectNode spelled = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            int at = name.indexOf('@');
            String stem = at < 0 ? name : name.substring(0, at);
            Relation relation = stem.isEmpty() ? null : kind.relation(stem);
            String known = kind.property(stem);
            String own = known != null ? known : relation != null ? relation.name() : stem;
            Schema.TypeRef type = kind.properties().get(own);
            JsonNode value = type == null ? member.getValue() : value(member.getValue(), type.name(), false);
            spelled.set(at < 0 ? own : own + name.substring(at), value);
        }
        return spelled;
    }

    private JsonNode value(JsonNode value, @Nullable String type, boolean foreign) {
        if (value instanceof ArrayNode list) {
            ArrayNode all = Json.array();
            list.forEach(one -> all.add(value(one, type, foreign)));
            return all;
        }
        if (value.isTextual() && foreign) {
            Matcher date = MILLISECONDS.matcher(value.asText());
            return date.matches()
                    ? TextNode.valueOf(
                            Instant.ofEpochMilli(Long.parseLong(date.group(1))).toString())
                    : value;
        }
        return value.isObject() ? members((ObjectNode) value, type, foreign) : value;
    }

    private JsonNode members(ObjectNode object, @Nullable String type, boolean foreign) {
        if (foreign && object.size() == 2 && object.path("value").isArray() && object.has("Count")) {
            return value(object.path("value"), type, true);
        }
        Map<String, Schema.TypeRef> declared = declared(object, type);
        ObjectNode all = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (foreign
                    && member.getKey().equalsIgnoreCase("additionalProperties")
                    && member.getValue().isObject()) {
                member.getValue()
                        .properties()
                        .forEach(more -> put(all, more.getKey(), value(more.getValue(), null, true)));
                continue;
            }
            String name = foreign ? camel(member.getKey()) : spelling(member.getKey(), declared);
            Schema.TypeRef at = declared == null ? null : declared.get(name);
            if (foreign && cutOff(member.getValue())) {
                tally.left("values that the exporter had cut off (" + name + ")");
                continue;
            }
            JsonNode next = value(member.getValue(), at == null ? null : at.name(), foreign);
            if (foreign && (next.isNull() || next.isObject() && next.isEmpty())) {
                continue;
            }
            put(all, name, next);
        }
        return all;
    }

    private static void put(ObjectNode all, String name, JsonNode value) {
        if (!value.isNull() || !all.has(name)) {
            all.set(name, value);
        }
    }

    private static boolean cutOff(JsonNode value) {
        if (value.isArray()) {
            return !value.isEmpty() && cutOff(value.path(0));
        }
        return value.isTextual() && CUT_OFF.matcher(value.asText()).matches();
    }

    private static @Nullable Map<String, Schema.TypeRef> declared(ObjectNode object, @Nullable String type) {
        String told = object.path("@odata.type").asText();
        Map<String, Schema.TypeRef> own = Schema.v1().properties(told.substring(told.lastIndexOf('.') + 1));
        return own != null || type == null ? own : Schema.v1().properties(type);
    }

    private static String spelling(String name, @Nullable Map<String, Schema.TypeRef> declared) {
        if (declared == null || declared.containsKey(name) || name.contains("@")) {
            return name;
        }
        return declared.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElse(name);
    }

    /** Capital first letters and underscores as Graph writes names. */
    private static String camel(String name) {
        if (name.contains("@") || name.contains(".")) {
            return name;
        }
        StringBuilder camel = new StringBuilder();
        boolean up = false;
        for (char c : first(name).toCharArray()) {
            if (c == '_' && !name.startsWith("extension_")) {
                up = !camel.isEmpty();
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }

    private static String first(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
