package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a native recovery does to one object.
 *
 * @param node the object
 * @param type its type
 * @param action what is done: update, restore or softDelete
 * @param backup the properties that differ, as the backup has them
 * @param added links that the backup has and the object has not
 * @param removed links that the object has and the backup has not
 */
record RecoveryChange(
        Node node,
        RecoveryScope.Type type,
        String action,
        Map<String, JsonNode> backup,
        List<Node> added,
        List<Node> removed) {

    /** The change that an object needs; {@code null} if it needs none. */
    static @Nullable RecoveryChange of(History history, Instant backup, Node node, RecoveryScope.Type type) {
        History.Was was = history.at(backup, node);
        Entity before = was.entity();
        boolean wasLive = before != null && was.state() == Node.State.LIVE;
        if (node.state() == Node.State.PURGED || !type.counts(node)) {
            return null;
        }
        if (before == null || !wasLive) {
            boolean bin = node.kind().bin() != Kind.Bin.NONE;
            return node.live() && bin
                    ? new RecoveryChange(node, type, "softDelete", Map.of(), List.of(), List.of())
                    : null;
        }
        Map<String, JsonNode> differing = differing(type, before, node.entity());
        if (!node.live()) {
            return new RecoveryChange(node, type, "restore", differing, List.of(), List.of());
        }
        List<Node> added = List.of();
        List<Node> removed = List.of();
        String relation = type.links();
        if (relation != null && !DynamicMembership.dynamic(node.entity())) {
            List<Node> were = history.linksAt(backup, node, relation);
            List<Node> are = node.targets(relation);
            added = were.stream().filter(n -> n.live() && !are.contains(n)).toList();
            removed = are.stream().filter(n -> n.live() && !were.contains(n)).toList();
        }
        return differing.isEmpty() && added.isEmpty() && removed.isEmpty()
                ? null
                : new RecoveryChange(node, type, "update", differing, added, removed);
    }

    private static Map<String, JsonNode> differing(RecoveryScope.Type type, Entity before, Entity now) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (String name : type.compared(before, now)) {
            JsonNode old = plain(before.get(name));
            if (!old.equals(plain(now.get(name)))) {
                found.put(name, old);
            }
        }
        return found;
    }

    private static JsonNode plain(@Nullable JsonNode value) {
        return value == null ? NullNode.getInstance() : value;
    }

    /** How many links it puts back or takes away. */
    int links() {
        return added.size() + removed.size();
    }

    /** How much of a job's time it takes. */
    int weight() {
        return 1 + links();
    }

    /** Does it; refuses when the present state does not allow it. */
    void apply(TenantWriter writer) {
        if (action.equals("softDelete")) {
            if (node.live()) {
                writer.bin().delete(node);
            }
            return;
        }
        if (action.equals("restore") && node.state() == Node.State.DELETED) {
            writer.bin().restore(node, null);
        }
        if (!node.live()) {
            throw GraphRefusal.notFound(node.id());
        }
        if (!backup.isEmpty()) {
            Entity after = node.entity().with(backup);
            writer.stillUnique(node, after);
            writer.change(node, backup, null);
        }
        Relation relation = type.links() == null ? null : node.kind().relation(type.links());
        if (relation != null) {
            added.stream()
                    .filter(n -> n.live() && !node.pointsTo(relation.via(), n))
                    .forEach(n -> writer.links().put(node, relation, n));
            removed.stream()
                    .filter(n -> node.pointsTo(relation.via(), n))
                    .forEach(n -> writer.links().drop(node, relation, n));
        }
    }

    /** The change as a report shows it. */
    ObjectNode shown(Instant time, @Nullable String failure) {
        ObjectNode change = Json.object();
        change.put("id", node.id());
        change.set("displayName", Json.text(node.entity().text("displayName")));
        change.put("entityTypeName", type.name());
        change.put("recoveryAction", action);
        change.set("failureMessage", Json.text(failure));
        ObjectNode delta = change.putObject("deltaFromCurrent");
        ObjectNode current = change.putObject("currentState");
        String stored = node.entity().text("@odata.type");
        for (ObjectNode side : List.of(delta, current)) {
            side.put("@odata.type", stored == null ? "#" + node.kind().typeName() : stored);
        }
        backup.forEach((name, value) -> {
            boolean hidden = node.kind().secret(name);
            delta.set(name, hidden ? NullNode.getInstance() : value);
            current.set(
                    name, hidden ? NullNode.getInstance() : plain(node.entity().get(name)));
        });
        if (action.equals("restore")) {
            delta.putNull("deletedDateTime");
            current.set("deletedDateTime", plain(node.entity().get("deletedDateTime")));
        } else if (action.equals("softDelete")) {
            delta.putObject("@removed").put("reason", "changed");
            delta.set("deletedDateTime", Json.time(time));
            current.putNull("deletedDateTime");
        }
        if (links() > 0) {
            ArrayNode ends = delta.putArray(type.links() + "@delta");
            added.forEach(end -> end(ends, end));
            removed.forEach(end -> end(ends, end).putObject("@removed").put("reason", "changed"));
        }
        return change;
    }

    private static ObjectNode end(ArrayNode ends, Node node) {
        return ends.addObject().put("@odata.type", "#" + node.kind().typeName()).put("id", node.id());
    }
}
