package io.tidemark.restore.plan;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether what Graph shows is what was sent. */
public final class Shown {

    private Shown() {}

    /** Whether the property has the value, unset, null and empty collection being one. */
    public static boolean same(ObjectKind kind, String property, JsonValue sent, JsonValue shown) {
        return settled(kind, property, sent).equals(settled(kind, property, shown));
    }

    /** As {@link #same}, for the object's property of that name. */
    public static boolean has(ObjectKind kind, JsonObject object, String property, JsonValue sent) {
        return property.startsWith("@odata.")
                || same(kind, property, sent, object.find(property).orElse(JsonNull.NULL));
    }

    /** Whether the object has everything that was sent to create it; what Graph added by itself does not count. */
    public static boolean hasAll(ObjectKind kind, JsonObject object, JsonObject sent) {
        return sent.members().entrySet().stream()
                .filter(member -> !member.getKey().startsWith("@"))
                .allMatch(member -> contains(
                        settled(
                                kind,
                                member.getKey(),
                                object.find(member.getKey()).orElse(JsonNull.NULL)),
                        settled(kind, member.getKey(), member.getValue())));
    }

    private static boolean contains(JsonValue shown, JsonValue sent) {
        if (sent instanceof JsonObject wanted && shown instanceof JsonObject object) {
            return wanted.members().entrySet().stream()
                    .allMatch(
                            member -> contains(object.find(member.getKey()).orElse(JsonNull.NULL), member.getValue()));
        }
        if (sent instanceof JsonArray wanted && shown instanceof JsonArray array) {
            return wanted.elements().size() == array.elements().size()
                    && wanted.elements().stream()
                            .allMatch(element -> array.elements().stream().anyMatch(other -> contains(other, element)));
        }
        return sent.equals(shown);
    }

    private static JsonValue settled(ObjectKind kind, String property, JsonValue value) {
        JsonValue sendable = Sendable.value(kind, property, value);
        JsonObject canonical = Canonicaliser.canonical(kind, new JsonObject(Map.of(property, sendable)));
        return withoutEmpty(canonical.find(property).orElse(JsonNull.NULL));
    }

    private static JsonValue withoutEmpty(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.isEmpty()
                    ? JsonNull.NULL
                    : new JsonArray(
                            array.elements().stream().map(Shown::withoutEmpty).toList());
        }
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> kept = new LinkedHashMap<>();
            object.members().forEach((name, member) -> {
                JsonValue settled = withoutEmpty(member);
                if (!settled.isNull()) {
                    kept.put(name, settled);
                }
            });
            return kept.isEmpty() ? JsonNull.NULL : new JsonObject(kept);
        }
        return value;
    }
}
