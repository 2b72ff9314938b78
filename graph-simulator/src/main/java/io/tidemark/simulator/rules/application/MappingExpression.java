package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An expression of an attribute mapping: a function, an attribute or a constant.
 *
 * @param type Function, Attribute or Constant
 * @param text as it was written
 * @param name of the function or attribute, or the constant itself
 * @param parameters what stands in the function's brackets; {@code null} where nothing does
 */
record MappingExpression(String type, String text, String name, List<@Nullable MappingExpression> parameters) {

    private static final JsonNode FUNCTIONS = Json.resource("mappingFunctions.json");

    /** Reads an expression; {@code null} if it is none. */
    static @Nullable MappingExpression parse(String text) {
        String plain = text.trim();
        if (plain.length() > 1 && plain.startsWith("[") && plain.indexOf(']') == plain.length() - 1) {
            return new MappingExpression("Attribute", plain, plain.substring(1, plain.length() - 1), List.of());
        }
        if (plain.length() > 1 && plain.startsWith("\"") && plain.indexOf('"', 1) == plain.length() - 1) {
            return new MappingExpression("Constant", plain, plain.substring(1, plain.length() - 1), List.of());
        }
        int open = plain.indexOf('(');
        if (open <= 0 || !plain.endsWith(")") || function(plain.substring(0, open)) == null) {
            return null;
        }
        List<@Nullable MappingExpression> parameters = new ArrayList<>();
        List<String> parts = split(plain.substring(open + 1, plain.length() - 1));
        if (parts == null) {
            return null;
        }
        for (String part : parts) {
            MappingExpression parameter = part.isBlank() ? null : parse(part);
            if (!part.isBlank() && parameter == null) {
                return null;
            }
            parameters.add(parameter);
        }
        return new MappingExpression("Function", plain, plain.substring(0, open), parameters);
    }

    private static @Nullable JsonNode function(String name) {
        for (JsonNode one : FUNCTIONS) {
            if (one.path("name").asText().equalsIgnoreCase(name)) {
                return one;
            }
        }
        return null;
    }

    private static @Nullable List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted = (c == '"') != quoted;
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        if (depth != 0 || quoted) {
            return null;
        }
        if (!text.isBlank()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    /** The value for an object; {@code null} if it has none or if nobody knows how to compute it. */
    @Nullable
    JsonNode evaluate(JsonNode object) {
        if (type.equals("Constant")) {
            return Json.text(name);
        }
        if (type.equals("Attribute")) {
            return object.get(name);
        }
        List<@Nullable String> values = new ArrayList<>();
        for (MappingExpression parameter : parameters) {
            JsonNode value = parameter == null ? null : parameter.evaluate(object);
            values.add(value == null || value.isNull() ? null : value.asText());
        }
        String first = values.isEmpty() ? null : values.get(0);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "append" -> first == null ? null : Json.text(first + text(values, 1));
            case "tolower" -> first == null ? null : Json.text(first.toLowerCase(Locale.ROOT));
            case "toupper" -> first == null ? null : Json.text(first.toUpperCase(Locale.ROOT));
            case "trim" -> first == null ? null : Json.text(first.trim());
            case "stripspaces" -> first == null ? null : Json.text(first.replace(" ", ""));
            case "coalesce" ->
                Json.text(values.stream().filter(v -> v != null).findFirst().orElse(null));
            case "join" ->
                Json.text(String.join(
                        text(values, 0),
                        values.stream().skip(1).filter(v -> v != null).toList()));
            case "replace" -> first == null ? null : Json.text(first.replace(text(values, 1), text(values, 4)));
            default -> null;
        };
    }

    private static String text(List<@Nullable String> values, int at) {
        String value = at < values.size() ? values.get(at) : null;
        return value == null ? "" : value;
    }

    /** The expression as its parsed form is shown. */
    ObjectNode shown() {
        ObjectNode shown = Json.object();
        shown.put("expression", text);
        shown.put("name", name);
        ArrayNode list = shown.putArray("parameters");
        JsonNode known = function(name);
        int at = 0;
        for (MappingExpression parameter : parameters) {
            JsonNode names = known == null ? Json.array() : known.path("parameters");
            String key =
                    names.path(Math.min(at++, Math.max(0, names.size() - 1))).asText();
            if (parameter != null) {
                list.addObject().put("key", key).set("value", parameter.shown());
            }
        }
        shown.put("type", type);
        return shown;
    }

    /** The functions that mappings may use. */
    static Outcome functions(ActionCall call) {
        ArrayNode all = Json.array();
        for (JsonNode function : FUNCTIONS) {
            ObjectNode one = all.addObject();
            one.put("name", function.path("name").asText());
            ArrayNode parameters = one.putArray("parameters");
            for (JsonNode parameter : function.path("parameters")) {
                parameters
                        .addObject()
                        .put("name", parameter.asText())
                        .put("type", "String")
                        .put(
                                "required",
                                parameters.size() == 1
                                        || !function.path("optional").asBoolean())
                        .put(
                                "allowMultipleOccurrences",
                                function.path("repeats").asBoolean());
            }
        }
        return Outcome.value("functions", all);
    }

    /** Reads an expression and tries it on a sample object. */
    static Outcome parsed(ActionCall call) {
        MappingExpression expression = parse(call.body().path("expression").asText());
        ObjectNode sample = Json.object();
        for (JsonNode property : call.body().path("testInputObject").path("properties")) {
            sample.set(property.path("key").asText(), property.path("value"));
        }
        JsonNode value = expression == null ? null : expression.evaluate(sample);
        ObjectNode answer = Json.object();
        answer.putNull("error");
        if (expression == null) {
            answer.putObject("error").put("code", "InvalidExpression").put("message", "The expression cannot be read.");
        }
        answer.put("evaluationSucceeded", value != null);
        ArrayNode results = answer.putArray("evaluationResult");
        if (value != null) {
            results.add(value.asText());
        }
        answer.set("parsedExpression", expression == null ? Json.text(null) : expression.shown());
        answer.put("parsingSucceeded", expression != null);
        return Outcome.value("microsoft.graph.parseExpressionResponse", answer);
    }
}
