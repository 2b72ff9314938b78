package io.tidemark.simulator.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names and types of Graph's public schema, as far as the kinds need them. */
public final class Schema {

    private static final Schema V1 = new Schema(Json.resource("schema.json"));

    /** A declared type: of one value or of a list, nullable or not. */
    public record TypeRef(String name, boolean many, boolean required) {

        static TypeRef parse(String text) {
            boolean required = text.endsWith("!");
            String plain = required ? text.substring(0, text.length() - 1) : text;
            boolean many = plain.startsWith("[");
            return new TypeRef(many ? plain.substring(1, plain.length() - 1) : plain, many, required);
        }
    }

    /** An enumeration. What stands behind its sentinel came after clients had been made for it. */
    public record EnumType(boolean flags, Set<String> members) {

        /** What is told in the place of a member that a client may not know. */
        public static final String SENTINEL = "unknownFutureValue";

        /** Whether a member came late. */
        public boolean late(String member) {
            boolean behind = false;
            for (String one : members) {
                if (behind && one.equals(member)) {
                    return true;
                }
                behind |= one.equals(SENTINEL);
            }
            return false;
        }

        /** Whether any member came late. */
        public boolean evolved() {
            return members.stream().anyMatch(this::late);
        }
    }

    private record Declared(
            @Nullable String parent, boolean open, Map<String, TypeRef> properties, Map<String, TypeRef> navigation) {}

    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, Map<String, TypeRef>> flattened = new LinkedHashMap<>();
    private final Map<String, EnumType> enums = new LinkedHashMap<>();

    private Schema(JsonNode document) {
        for (Map.Entry<String, JsonNode> type : document.path("types").properties()) {
            Map<String, TypeRef> properties = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> p :
                    type.getValue().path("properties").properties()) {
                properties.put(p.getKey().intern(), TypeRef.parse(p.getValue().asText()));
            }
            Map<String, TypeRef> navigation = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> n :
                    type.getValue().path("navigation").properties()) {
                navigation.put(n.getKey().intern(), TypeRef.parse(n.getValue().asText()));
            }
            JsonNode parent = type.getValue().get("base");
            declared.put(
                    type.getKey(),
                    new Declared(
                            parent == null ? null : parent.asText(),
                            type.getValue().path("open").asBoolean(),
                            properties,
                            navigation));
        }
        for (String name : declared.keySet()) {
            flattened.put(name, flatten(name));
        }
        for (Map.Entry<String, JsonNode> e : document.path("enums").properties()) {
            Set<String> members = new LinkedHashSet<>();
            e.getValue().path("members").forEach(m -> members.add(m.asText()));
            enums.put(e.getKey(), new EnumType(e.getValue().path("flags").asBoolean(), members));
        }
    }

    /** The schema of v1.0. */
    public static Schema v1() {
        return V1;
    }

    private Map<String, TypeRef> flatten(String name) {
        Map<String, TypeRef> all = new LinkedHashMap<>();
        Declared type = declared.get(name);
        if (type == null) {
            return all;
        }
        if (type.parent() != null) {
            all.putAll(flatten(type.parent()));
        }
        all.putAll(type.properties());
        return all;
    }

    /** The properties of a type with those of its parents; {@code null} if the type is unknown. */
    public @Nullable Map<String, TypeRef> properties(String type) {
        return flattened.get(type);
    }

    /** Where a navigation property of a type or of its parents leads; {@code null} if there is no such property. */
    public @Nullable TypeRef navigation(String type, String name) {
        for (String at = type; at != null; ) {
            Declared found = declared.get(at);
            TypeRef leads = found == null ? null : found.navigation().get(name);
            if (leads != null) {
                return leads;
            }
            at = found == null ? null : found.parent();
        }
        return null;
    }

    /** The types that descend from a type, itself left out. */
    public List<String> descendants(String type) {
        List<String> found = new ArrayList<>();
        for (String name : declared.keySet()) {
            if (!name.equals(type) && descends(name, type)) {
                found.add(name);
            }
        }
        return found;
    }

    /** An enumeration; {@code null} if the name is not one. */
    public @Nullable EnumType enumeration(String name) {
        return enums.get(name);
    }

    /** Whether objects of the type may carry properties of their own. */
    public boolean open(String type) {
        Declared found = declared.get(type);
        return found != null && (found.open() || (found.parent() != null && open(found.parent())));
    }

    /** Whether one type is the other or descends from it. */
    public boolean descends(String type, String ancestor) {
        for (String at = type; at != null; ) {
            if (at.equalsIgnoreCase(ancestor)) {
                return true;
            }
            Declared found = declared.get(at);
            at = found == null ? null : found.parent();
        }
        return false;
    }
}
