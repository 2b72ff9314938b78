package io.tidemark.audit.source;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The shapes in which Azure's diagnostic settings put records on an event hub. */
final class EventHubMessage {

    private EventHubMessage() {}

    /**
     * The records of one message: {@code {"records":[…]}}, an array, one object, or one object a line.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static List<JsonObject> records(byte[] message) {
        List<JsonObject> records = new ArrayList<>();
        try {
            collect(JsonText.parse(message), records);
        } catch (IllegalArgumentException notOneValue) {
            records.clear();
            for (String line : new String(message, StandardCharsets.UTF_8).split("\\R")) {
                if (!line.isBlank()) {
                    collect(JsonText.parse(line), records);
                }
            }
        }
        if (records.isEmpty()) {
            throw new IllegalArgumentException("message has no records");
        }
        return records;
    }

    private static void collect(JsonValue value, List<JsonObject> records) {
        if (value instanceof JsonObject object) {
            if (object.find("records").orElse(null) instanceof JsonArray inner) {
                collect(inner, records);
            } else {
                records.add(object);
            }
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> collect(element, records));
        } else {
            throw new IllegalArgumentException("record is no JSON object");
        }
    }
}
