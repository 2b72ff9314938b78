package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares the shape of two answers: which properties there are, and what kind of value each has. */
final class DocumentedShape {

    private final Set<String> unchecked;

    private final Predicate<String> declared;

    /** Expects the properties that the schema declares; what the documentation shows besides is older than it. */
    DocumentedShape(Set<String> unchecked, Predicate<String> declared) {
        this.unchecked = unchecked;
        this.declared = declared;
    }

    /** Adds to the list what the answer lacks. */
    void compare(JsonNode documented, JsonNode answer, String at, List<String> faults) {
        if (documented.isNull() || answer.isNull()) {
            return;
        }
        if (documented.isObject() && answer.isObject()) {
            for (Map.Entry<String, JsonNode> property : documented.properties()) {
                String name = property.getKey();
                boolean top = at.isEmpty() || at.equals("/value[]");
                if (name.contains("@")
                        || name.startsWith("odata.")
                        || unchecked.contains(name)
                        || (top && !name.equals("value") && !declared.test(name))) {
                    continue;
                }
                JsonNode other = answer.get(name);
                if (other == null) {
                    faults.add(at + "/" + name + " is missing");
                } else {
                    compare(property.getValue(), other, at + "/" + name, faults);
                }
            }
        } else if (documented.isArray() && answer.isArray()) {
            if (!documented.isEmpty() && !answer.isEmpty()) {
                compare(documented.get(0), like(documented.get(0), answer), at + "[]", faults);
            } else if (at.equals("/value") && !documented.isEmpty()) {
                faults.add("the list is empty");
            }
        } else if (kind(documented) != kind(answer)) {
            faults.add(at + " is " + answer.getNodeType() + " instead of " + documented.getNodeType());
        }
    }

    private static JsonNode like(JsonNode wanted, JsonNode items) {
        for (JsonNode item : items) {
            if (wanted.hasNonNull("id") && wanted.get("id").equals(item.get("id"))) {
                return item;
            }
        }
        for (JsonNode item : items) {
            if (wanted.path("@odata.type").equals(item.path("@odata.type"))) {
                return item;
            }
        }
        return items.get(0);
    }

    private static int kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> 1;
            case NUMBER -> 2;
            case BOOLEAN -> 3;
            case ARRAY -> 4;
            case OBJECT -> 5;
            default -> 0;
        };
    }
}
