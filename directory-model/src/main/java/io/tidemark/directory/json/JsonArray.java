package io.tidemark.directory.json;

import java.util.List;

/** A list of values in the order sent. */
public record JsonArray(List<JsonValue> elements) implements JsonValue {

    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        elements = List.copyOf(elements);
    }

    /** An array of texts. */
    public static JsonArray ofStrings(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }
}
