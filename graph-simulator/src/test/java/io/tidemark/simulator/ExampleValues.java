package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.PublishedTypes.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Values that fit a declared type, in several variants, and values that do not. */
final class ExampleValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH = 4;

    private final PublishedTypes types;

    ExampleValues(PublishedTypes types) {
        this.types = types;
    }

    /** One value. */
    JsonNode of(Declared property, int variant) {
        return of(property, variant, 0);
    }

    /** A value of every form that the property can take: two of its own type, one of each type below it. */
    List<JsonNode> all(Declared property) {
        List<JsonNode> values = new ArrayList<>(List.of(of(property, 0), of(property, 1)));
        if (types.has(property.type())) {
            for (String type : types.concrete(property.type())) {
                if (!type.equals(property.type())) {
                    JsonNode value = object(type, true, 2, 0);
                    values.add(property.many() ? JSON.arrayNode().add(value) : value);
                }
            }
        }
        List<String> members = types.members(property.type());
        for (int i = 2; i < members.size(); i++) {
            values.add(of(property, i));
        }
        return values;
    }

    private JsonNode of(Declared property, int variant, int depth) {
        JsonNode one = single(property.name(), property.type(), variant, depth);
        if (!property.many()) {
            return one;
        }
        ArrayNode list = JSON.arrayNode().add(one);
        if (variant == 0 && property.type().equals("String")) {
            list.add(single(property.name(), property.type(), 7, depth));
        }
        return list;
    }

    private JsonNode single(String name, String type, int variant, int depth) {
        int day = variant % 27 + 1;
        return switch (type) {
            case "String" -> TextNode.valueOf((name.length() > 9 ? name.substring(0, 9) : name) + " " + variant);
            case "Boolean" -> BooleanNode.valueOf(variant % 2 == 0);
            case "Int16", "Int32", "Byte", "SByte" -> IntNode.valueOf(3 + variant);
            case "Int64" -> LongNode.valueOf(4_000_000_000L + variant);
            case "Double", "Single", "Decimal" -> DoubleNode.valueOf(1.5 + variant);
            case "DateTimeOffset" -> TextNode.valueOf(String.format("2027-03-%02dT08:00:00Z", day));
            case "Date" -> TextNode.valueOf(String.format("2027-03-%02d", day));
            case "TimeOfDay" -> TextNode.valueOf(String.format("08:%02d:00.0000000", day));
            case "Duration" -> TextNode.valueOf("PT" + day + "H");
            case "Guid" ->
                TextNode.valueOf(
                        UUID.nameUUIDFromBytes((name + variant).getBytes()).toString());
            case "Binary" -> TextNode.valueOf("AQID" + (char) ('A' + variant % 26) + "AAA");
            default -> declared(type, variant, depth);
        };
    }

    private JsonNode declared(String type, int variant, int depth) {
        List<String> members = types.members(type);
        if (!members.isEmpty()) {
            String first = members.get(variant % members.size());
            String second = members.get((variant + 1) % members.size());
            boolean both = types.flags(type) && variant == 0 && members.size() > 2;
            return TextNode.valueOf(both ? second + "," + members.get(2) : first);
        }
        if (!types.has(type)) {
            return JSON.objectNode();
        }
        List<String> concrete = types.concrete(type);
        return types.isAbstract(type)
                ? object(concrete.get(0), true, variant, depth)
                : object(type, false, variant, depth);
    }

    private ObjectNode object(String type, boolean named, int variant, int depth) {
        ObjectNode object = JSON.objectNode();
        if (named) {
            object.put("@odata.type", "#microsoft.graph." + type);
        }
        for (Declared property : types.properties(type)) {
            boolean deep = depth >= DEPTH && types.has(property.type());
            if (!deep && !property.type().equals("Stream")) {
                object.set(property.name(), of(property, variant, depth + 1));
            } else if (deep && property.many() && !property.nullable()) {
                object.set(property.name(), JSON.arrayNode());
            }
        }
        return object;
    }

    /** A value of another JSON type. */
    JsonNode wrong(Declared property) {
        JsonNode right = of(property, 0);
        if (right.isArray()) {
            return TextNode.valueOf("no list");
        }
        if (right.isObject()) {
            return TextNode.valueOf("no object");
        }
        return JSON.objectNode().put("no", "value");
    }

    /** A value of the right JSON type that is none of the declared type; absent if every one is. */
    JsonNode misfit(Declared property) {
        String type = property.type();
        JsonNode value = switch (type) {
            case "DateTimeOffset", "Date", "TimeOfDay", "Duration", "Guid" -> TextNode.valueOf("gibberish");
            case "Int32", "Int64", "Int16", "Double" -> TextNode.valueOf("12 pieces");
            case "Boolean" -> TextNode.valueOf("true");
            case "Binary" -> TextNode.valueOf("*not base64*");
            case "String" -> IntNode.valueOf(5);
            default ->
                types.has(type)
                        ? types.open(type) ? null : JSON.objectNode().put("inventedMember", 1)
                        : types.members(type).isEmpty() ? null : TextNode.valueOf("inventedMember");
        };
        return value == null || !property.many() ? value : JSON.arrayNode().add(value);
    }
}
