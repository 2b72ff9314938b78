package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in texts and bodies for one target: <code>{name}</code> is a property of the target or a parameter, and
 * <code>{"$current": pointer, "set": {…}, "remove": […]}</code> is the target's own value with changes.
 */
final class Template {

    private static final Pattern NAME = Pattern.compile("\\{(?<name>[A-Za-z0-9_.]+)}");

    private final Map<String, String> parameters;
    private final JsonNode target;

    Template(Map<String, String> parameters, JsonNode target) {
        this.parameters = parameters;
        this.target = target;
    }

    String text(String template) {
        return NAME.matcher(template).replaceAll(name -> Matcher.quoteReplacement(value(name.group(1))));
    }

    JsonNode body(JsonNode template) {
        if (template instanceof ObjectNode object) {
            return object.has("$current") ? changed(object) : filled(object);
        }
        if (template instanceof ArrayNode array) {
            var filled = array.arrayNode();
            array.forEach(element -> filled.add(body(element)));
            return filled;
        }
        return template instanceof TextNode text ? TextNode.valueOf(text(text.textValue())) : template;
    }

    private ObjectNode filled(ObjectNode object) {
        var filled = object.objectNode();
        object.properties().forEach(member -> filled.set(member.getKey(), body(member.getValue())));
        return filled;
    }

    private JsonNode changed(ObjectNode change) {
        var current = target.at(change.path("$current").asText()).deepCopy();
        if (current instanceof ObjectNode object) {
            object.properties().removeIf(member -> member.getKey().contains("@odata.context"));
            change.path("set").properties().forEach(member -> object.set(member.getKey(), body(member.getValue())));
            return object;
        }
        if (current instanceof ArrayNode array) {
            var kept = array.arrayNode();
            for (var element : array) {
                if (!contains(change.path("remove"), element)) {
                    kept.add(element);
                }
            }
            change.path("add").forEach(element -> kept.add(body(element)));
            return kept;
        }
        throw new IllegalStateException(
                "the target has no value at " + change.path("$current").asText());
    }

    private static boolean contains(JsonNode list, JsonNode wanted) {
        for (var element : list) {
            if (element.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private String value(String name) {
        var found = target.at("/" + name.replace('.', '/'));
        if (found.isValueNode() && !found.isNull()) {
            return found.asText();
        }
        var parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException(
                    "the incident names '" + name + "', which neither its target nor its parameters have");
        }
        return parameter;
    }
}
