package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step is aimed at.
 *
 * @param from the collection that is read; absent: nothing is read
 * @param filter what Graph shall filter by
 * @param properties what is read of each object
 * @param conditions what each object must meet besides
 * @param limit how many objects at most, those with the lowest ids; absent: all
 * @param sameAs an earlier step whose targets are taken again
 * @param repeat how often the step is done when nothing is read
 * @param expansion further objects that are read for each object, so that each pair of the two is a target
 */
record Selection(
        @Nullable String from,
        @Nullable String filter,
        List<String> properties,
        List<Condition> conditions,
        @Nullable String limit,
        @Nullable String sameAs,
        String repeat,
        @Nullable Expansion expansion) {

    /** Reads more for each object, and calls it by a name. */
    record Expansion(String from, List<String> properties, List<Condition> conditions, String name) {}

    /**
     * What the value at a pointer must be.
     *
     * @param relation {@code is}, {@code isNot}, {@code has} or {@code lacks}, the last two of a list
     */
    record Condition(String pointer, String relation, JsonNode value) {

        boolean metBy(JsonNode object, Template template) {
            var actual = object.at(pointer);
            var expected = template.text(value.asText());
            return switch (relation) {
                case "is" -> actual.asText().equals(expected);
                case "isNot" -> !actual.asText().equals(expected);
                case "has" -> holds(actual, expected);
                case "lacks" -> !holds(actual, expected);
                default -> throw new IllegalArgumentException("unknown relation '" + relation + "' in an incident");
            };
        }

        private static boolean holds(JsonNode list, String expected) {
            for (var element : list) {
                if (element.asText().equals(expected)) {
                    return true;
                }
            }
            return false;
        }
    }

    static Selection parse(JsonNode json) {
        var expand = json.path("expand");
        return new Selection(
                text(json, "from"),
                text(json, "filter"),
                texts(json.path("properties")),
                conditions(json.path("where")),
                text(json, "limit"),
                text(json, "sameAs"),
                json.path("repeat").asText("1"),
                expand.isObject()
                        ? new Expansion(
                                expand.path("from").asText(),
                                texts(expand.path("properties")),
                                conditions(expand.path("where")),
                                expand.path("as").asText())
                        : null);
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asText() : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    private static List<Condition> conditions(JsonNode list) {
        List<Condition> conditions = new ArrayList<>();
        for (var condition : list) {
            for (var relation : List.of("is", "isNot", "has", "lacks")) {
                if (condition.has(relation)) {
                    conditions.add(new Condition(condition.path("path").asText(), relation, condition.path(relation)));
                }
            }
        }
        return List.copyOf(conditions);
    }
}
