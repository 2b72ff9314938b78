package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the native recovery puts back: types, and their properties and links. */
final class RecoveryScope {

    private static final RecoveryScope ALL = new RecoveryScope();
    private static final Set<String> NEVER =
            Set.of("id", "@odata.type", "createdDateTime", "modifiedDateTime", "deletedDateTime");

    /**
     * One type.
     *
     * @param name as jobs call it
     * @param table the table of its objects
     * @param properties what is put back of an object; empty: everything
     * @param only the ids of the objects that count; empty: all
     * @param links the relation that is put back; absent if none is
     * @param with the property that names the service principal with which it is put back; absent if it stands alone
     * @param where values that an object must have to count
     */
    record Type(
            String name,
            String table,
            Set<String> properties,
            Set<String> only,
            @Nullable String links,
            @Nullable String with,
            Map<String, String> where) {

        /** Whether an object counts. */
        boolean counts(Node node) {
            return (only.isEmpty() || only.contains(node.id()))
                    && where.entrySet().stream()
                            .allMatch(w -> w.getValue().equals(node.entity().text(w.getKey())));
        }

        /** The properties that two states of an object may differ in. */
        Set<String> compared(Entity left, Entity right) {
            if (!properties.isEmpty()) {
                return properties;
            }
            Set<String> names = new LinkedHashSet<>(left.names());
            names.addAll(right.names());
            names.removeAll(NEVER);
            return names;
        }
    }

    private final Map<String, Type> byTable = new LinkedHashMap<>();

    private RecoveryScope() {
        for (JsonNode one : Json.resource("recoveryScope.json")) {
            Map<String, String> where = new LinkedHashMap<>();
            one.path("where")
                    .properties()
                    .forEach(w -> where.put(w.getKey(), w.getValue().asText()));
            Type type = new Type(
                    one.path("entityType").asText(),
                    one.path("table").asText(),
                    texts(one.path("properties")),
                    texts(one.path("only")),
                    one.hasNonNull("links") ? one.path("links").asText() : null,
                    one.hasNonNull("with") ? one.path("with").asText() : null,
                    where);
            byTable.put(type.table(), type);
        }
    }

    static RecoveryScope all() {
        return ALL;
    }

    private static Set<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(one -> found.add(one.asText()));
        return new LinkedHashSet<>(found);
    }

    /** The type of a kind's objects; {@code null} if they are not put back. */
    @Nullable
    Type of(Kind kind) {
        return byTable.get(kind.collection());
    }

    boolean covers(Kind kind) {
        return byTable.containsKey(kind.collection());
    }
}
