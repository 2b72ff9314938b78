package io.tidemark.graph.read;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.graph.transport.GraphRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The directory extensions that a tenant knows, such as {@code extension_<appId>_badge}. Graph shows their values only when they are asked for
 * by name.
 *
 * @param shown whether Graph tells which there are: that takes the permission to read the whole directory
 * @param names the names by kind, sorted
 */
record DirectoryExtensions(boolean shown, Map<ObjectKind, List<String>> names) {

    static final DirectoryExtensions NONE = new DirectoryExtensions(true, Map.of());

    private static final String ADDRESS = "directoryObjects/getAvailableExtensionProperties";
    private static final Map<String, ObjectKind> TARGETS = Map.of(
            "User", ObjectKind.USER,
            "Group", ObjectKind.GROUP,
            "AdministrativeUnit", ObjectKind.ADMINISTRATIVE_UNIT,
            "Application", ObjectKind.APPLICATION,
            "Device", ObjectKind.DEVICE,
            "Organization", ObjectKind.ORGANIZATION);

    /** The kinds whose extensions are asked for. */
    static final Set<ObjectKind> KINDS = Set.copyOf(TARGETS.values());

    DirectoryExtensions {
        names = Map.copyOf(names);
    }

    /** Asks Graph. */
    static DirectoryExtensions of(GraphConnection connection) {
        try {
            Page page = connection.send(GraphRequest.ask(ADDRESS, JsonObject.EMPTY), Page::of);
            return new DirectoryExtensions(true, byTarget(page.objects()));
        } catch (GraphException e) {
            if (e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return new DirectoryExtensions(false, Map.of());
        }
    }

    List<String> of(ObjectKind kind) {
        return names.getOrDefault(kind, List.of());
    }

    private static Map<ObjectKind, List<String>> byTarget(List<JsonObject> properties) {
        Map<ObjectKind, TreeSet<String>> sorted = new EnumMap<>(ObjectKind.class);
        for (JsonObject property : properties) {
            String name = property.findString("name").orElse("");
            if (!name.isEmpty()
                    && property.find("targetObjects").orElse(JsonArray.EMPTY) instanceof JsonArray targets) {
                targets.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(target -> TARGETS.get(((JsonString) target).value()))
                        .filter(kind -> kind != null)
                        .forEach(kind -> sorted.computeIfAbsent(kind, first -> new TreeSet<>())
                                .add(name));
            }
        }
        Map<ObjectKind, List<String>> names = new EnumMap<>(ObjectKind.class);
        sorted.forEach((kind, ofKind) -> names.put(kind, new ArrayList<>(ofKind)));
        return names;
    }
}
