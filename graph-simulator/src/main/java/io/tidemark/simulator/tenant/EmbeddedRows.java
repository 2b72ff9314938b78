package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Relations whose ends stand in a list within a property of their object. Call it inside a read or a write of the tenant. */
public final class EmbeddedRows {

    private EmbeddedRows() {}

    private static String[] steps(Relation relation) {
        return relation.via().split("/");
    }

    private static Kind kind(Relation relation) {
        return Kinds.all().get(relation.targets().get(0));
    }

    private static String key(Kind kind) {
        String keyedBy = kind.keyedBy();
        return keyedBy == null ? "id" : keyedBy;
    }

    /** The ends of a relation. */
    public static List<Node> of(Tenant tenant, Node owner, Relation relation) {
        JsonNode list = owner.entity().toJson();
        for (String step : steps(relation)) {
            list = list.path(step);
        }
        Kind kind = kind(relation);
        List<Node> rows = new ArrayList<>();
        for (JsonNode row : list) {
            String id = row.path(key(kind)).asText();
            Node kept = tenant.find(kind, id);
            if (kept != null) {
                rows.add(kept);
            } else if (row.isObject()) {
                rows.add(new Node(kind, id, 0, Entity.of((ObjectNode) row)));
            }
        }
        return rows;
    }

    /** Adds an end: told whole, or named by the id of one that is there. */
    public static Node add(
            TenantWriter writer, Node owner, Relation relation, ObjectNode sent, @Nullable String reference) {
        Kind kind = kind(relation);
        if (reference != null && writer.tenant().find(kind, reference) == null) {
            throw GraphRefusal.notFound(reference);
        }
        ObjectNode row = reference == null ? sent : Json.object().put(key(kind), reference);
        String id = row.path(key(kind)).asText("");
        if (id.isEmpty()) {
            throw GraphRefusal.invalidValue(key(kind), null);
        }
        List<Node> there = of(writer.tenant(), owner, relation);
        if (there.stream().anyMatch(one -> one.id().equalsIgnoreCase(id))) {
            throw GraphRefusal.conflict(key(kind));
        }
        ObjectNode whole = owner.entity().toJson();
        list(whole, relation).add(row);
        put(writer, owner, relation, whole);
        return of(writer.tenant(), owner, relation).get(there.size());
    }

    /** Removes an end. */
    public static void remove(TenantWriter writer, Node owner, Relation relation, String id) {
        ObjectNode whole = owner.entity().toJson();
        ArrayNode list = list(whole, relation);
        String key = key(kind(relation));
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).asText().equalsIgnoreCase(id)) {
                list.remove(i);
                put(writer, owner, relation, whole);
                return;
            }
        }
        throw GraphRefusal.notFound(id);
    }

    private static ArrayNode list(ObjectNode whole, Relation relation) {
        ObjectNode at = whole;
        String[] steps = steps(relation);
        for (int i = 0; i < steps.length - 1; i++) {
            JsonNode next = at.get(steps[i]);
            at = next != null && next.isObject() ? (ObjectNode) next : at.putObject(steps[i]);
        }
        String last = steps[steps.length - 1];
        JsonNode list = at.get(last);
        return list != null && list.isArray() ? (ArrayNode) list : at.putArray(last);
    }

    private static void put(TenantWriter writer, Node owner, Relation relation, ObjectNode whole) {
        String top = steps(relation)[0];
        writer.change(owner, Map.of(top, whole.path(top)), null);
    }
}
