package io.tidemark.simulator.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All kinds, from their tables. */
public final class Kinds {

    private static final Kinds ALL = new Kinds();

    private final Map<String, Kind> byCollection = new LinkedHashMap<>();

    private Kinds() {
        for (JsonNode name : Json.resource("kinds/index.json")) {
            for (JsonNode table : Json.resource("kinds/" + name.asText() + ".json")) {
                Kind kind = new Kind(table, Schema.v1());
                byCollection.put(kind.collection(), kind);
            }
        }
    }

    /** The kinds of v1.0. */
    public static Kinds all() {
        return ALL;
    }

    /** The kind with this table. */
    public Kind get(String collection) {
        Kind kind = byCollection.get(collection);
        if (kind == null) {
            throw new IllegalArgumentException("there is no table " + collection);
        }
        return kind;
    }

    /** The kind with this type, in any case and with or without namespace. */
    public @Nullable Kind ofType(String type) {
        String plain = type.startsWith("#") ? type.substring(1) : type;
        int dot = plain.lastIndexOf('.');
        String name = dot < 0 ? plain : plain.substring(dot + 1);
        for (Kind kind : byCollection.values()) {
            if (kind.type().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        return null;
    }

    /** All of them. */
    public Collection<Kind> values() {
        return byCollection.values();
    }
}
