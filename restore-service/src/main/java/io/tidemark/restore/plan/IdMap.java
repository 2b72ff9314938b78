package io.tidemark.restore.plan;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which new id stands for which old one, for objects that had to be created anew. Application ids are in it beside object ids.
 *
 * @param ids new id by old id
 */
public record IdMap(Map<String, String> ids) {

    public static final IdMap EMPTY = new IdMap(Map.of());

    private static final List<String> PREFIXES = List.of("", "api://", "/");

    public IdMap {
        ids = Map.copyOf(ids);
    }

    /** A map that leads every id to itself: with it, {@link #mentions} tells whether a value speaks of one of them. */
    public static IdMap of(Collection<String> ids) {
        Map<String, String> same = new LinkedHashMap<>();
        ids.forEach(id -> same.put(id, id));
        return new IdMap(same);
    }

    public boolean isEmpty() {
        return ids.isEmpty();
    }

    public IdMap with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(ids);
        all.putAll(more);
        return new IdMap(all);
    }

    /** The id that the thing has now. */
    public String follow(String id) {
        return ids.getOrDefault(id, id);
    }

    /** The key in the ids that things have now. */
    public StateKey follow(StateKey key) {
        int tilde = key.id().indexOf('~');
        if (tilde < 0) {
            return new StateKey(key.type(), follow(key.id()));
        }
        return new StateKey(
                key.type(),
                follow(key.id().substring(0, tilde)) + "~" + follow(key.id().substring(tilde + 1)));
    }

    public JsonObject follow(JsonObject object) {
        Map<String, JsonValue> followed = new LinkedHashMap<>();
        object.members().forEach((name, value) -> followed.put(name, follow(value)));
        return new JsonObject(followed);
    }

    /** The value with every old id in it replaced, also inside {@code api://<id>} and {@code /<id>}. */
    public JsonValue follow(JsonValue value) {
        if (ids.isEmpty()) {
            return value;
        }
        if (value instanceof JsonString text) {
            return new JsonString(followText(text.value()));
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> followed = new ArrayList<>();
            array.elements().forEach(element -> followed.add(follow(element)));
            return new JsonArray(followed);
        }
        return value instanceof JsonObject object ? follow(object) : value;
    }

    /** Whether the value speaks of an id of this map. */
    public boolean mentions(JsonValue value) {
        if (value instanceof JsonString text) {
            return knownPart(text.value()) != null;
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(this::mentions);
        }
        return value instanceof JsonObject object
                && object.members().values().stream().anyMatch(this::mentions);
    }

    private String followText(String text) {
        Part part = knownPart(text);
        return part == null ? text : part.prefix + ids.get(part.id) + part.rest;
    }

    private @org.jspecify.annotations.Nullable Part knownPart(String text) {
        for (String prefix : PREFIXES) {
            if (!text.startsWith(prefix)) {
                continue;
            }
            String after = text.substring(prefix.length());
            int end = prefix.isEmpty() ? -1 : after.indexOf('/');
            String id = end < 0 ? after : after.substring(0, end);
            if (ids.containsKey(id)) {
                return new Part(prefix, id, end < 0 ? "" : after.substring(end));
            }
        }
        return null;
    }

    private record Part(String prefix, String id, String rest) {}
}
