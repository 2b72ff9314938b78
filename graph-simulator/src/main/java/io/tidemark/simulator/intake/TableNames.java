package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which table a name of a path, folder, file, member or type means. */
final class TableNames {

    private static final TableNames ALL = new TableNames();

    private final Map<String, Kind> named = new HashMap<>();
    private final Map<String, Kind> typed = new HashMap<>();
    private final Set<String> plurals = new HashSet<>();
    private final Set<String> elsewhere = new HashSet<>();
    private final Set<String> weak = new HashSet<>();

    private TableNames() {
        for (Kind kind : Kinds.all().values()) {
            typed.putIfAbsent(low(kind.type()), kind);
            named.putIfAbsent(low(kind.type()), kind);
        }
        for (Kind kind : Kinds.all().values()) {
            for (String descendant : Schema.v1().descendants(kind.type())) {
                typed.putIfAbsent(low(descendant), kind);
            }
            for (String path : kind.paths()) {
                named.put(low(path), kind);
                named.putIfAbsent(low(path.substring(path.lastIndexOf('/') + 1)), kind);
            }
            named.put(low(kind.collection()), kind);
            plurals.add(low(kind.collection()));
        }
        JsonNode more = Json.resource("intake/names.json");
        more.path("tables")
                .properties()
                .forEach(one ->
                        named.put(one.getKey(), Kinds.all().get(one.getValue().asText())));
        more.path("elsewhere").forEach(one -> elsewhere.add(one.asText()));
        more.path("weak").forEach(one -> weak.add(one.asText()));
    }

    private static String low(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The table that a name or several joined with slashes means, in any case. */
    static @Nullable Kind named(String name) {
        return ALL.named.get(low(name));
    }

    /** Whether a name means something that looks like a table of the directory and is none. */
    static boolean elsewhere(String name) {
        return ALL.elsewhere.contains(low(name));
    }

    /** Whether a name is so common that it means its table only right at the objects. */
    static boolean weak(String name) {
        return ALL.weak.contains(low(name));
    }

    /** The table of the only word of a text that is the name of a table. */
    static @Nullable Kind within(String text) {
        Kind only = null;
        for (String word : List.of(text.split("[^A-Za-z0-9]+"))) {
            if (ALL.plurals.contains(low(word))) {
                if (only != null) {
                    return null;
                }
                only = named(word);
            }
        }
        return only;
    }

    /** The table of a type, with or without namespace. */
    static @Nullable Kind typed(String type) {
        return ALL.typed.get(low(type.substring(type.lastIndexOf('.') + 1)));
    }
}
