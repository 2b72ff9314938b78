package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes objects, brings them back, removes them for good. */
public final class RecycleBin {

    private static final List<String> ROWS = List.of(
            "appRoleAssignments",
            "oauth2PermissionGrants",
            "roleAssignments",
            "roleEligibilitySchedules",
            "roleEligibilityScheduleInstances",
            "groupEligibilitySchedules",
            "groupEligibilityScheduleInstances",
            "groupAssignmentSchedules",
            "groupAssignmentScheduleInstances");

    private final TenantWriter writer;

    RecycleBin(TenantWriter writer) {
        this.writer = writer;
    }

    /** Deletes an object: into the bin if its kind has one. */
    public void delete(Node node) {
        writer.rules(node.kind()).beforeDelete(writer, node);
        drop(node);
        writer.rules(node.kind()).afterDelete(writer, node);
        writer.context().answer(204);
    }

    /** Deletes an object because another one was deleted. */
    public void drop(Node node) {
        Tenant tenant = writer.tenant();
        Table table = tenant.table(node.kind());
        Entity before = node.entity();
        tenant.remember(node, before);
        boolean kept =
                writer.rules(node.kind()).recoverable(node) && tenant.switches().keeps(node);
        if (node.kind().bin() == Kind.Bin.NONE || !kept) {
            Node parent = parent(node);
            unlinkAll(node);
            table.purge(node);
            writer.journal(node, null, null, null, false);
            writer.context().effects().add(Effect.gone(node, before, parent));
            return;
        }
        Map<String, JsonNode> marks = new LinkedHashMap<>();
        marks.put("deletedDateTime", Json.time(writer.context().time()));
        writer.rules(node.kind()).markDeleted(node, marks);
        table.replace(node, before.with(marks));
        table.toBin(node);
        writer.journal(node, null, null, null, false);
        writer.context().effects().add(Effect.of(Effect.Type.DELETED, node, before, node.entity()));
    }

    /** The object under which another one lives. */
    private static @Nullable Node parent(Node node) {
        for (String relation : node.inverseRelations()) {
            for (Node source : node.sources(relation)) {
                for (Relation known : source.kind().relations()) {
                    if (known.form() == Relation.Form.CHILDREN && known.via().equals(relation)) {
                        return source;
                    }
                }
            }
        }
        return null;
    }

    /** Brings an object back with its id, its properties and its links. */
    public void restore(Node node, @Nullable String newUserPrincipalName) {
        Tenant tenant = writer.tenant();
        KindRules rules = writer.rules(node.kind());
        Entity before = node.entity();
        tenant.recovery().history().record(node, before);
        Map<String, JsonNode> marks = new LinkedHashMap<>();
        marks.put("deletedDateTime", NullNode.getInstance());
        rules.markRestored(node, marks);
        if (newUserPrincipalName != null && node.kind().properties().containsKey("userPrincipalName")) {
            marks.put("userPrincipalName", Json.text(newUserPrincipalName));
        }
        Entity after = before.with(marks);
        rules.beforeRestore(writer, node, after);
        writer.stillUnique(node, after);
        tenant.table(node.kind()).replace(node, after);
        tenant.table(node.kind()).fromBin(node);
        writer.journal(node, null, null, null, true);
        for (Node group : node.sources("members")) {
            writer.journal(group, null, "members", node, true);
        }
        writer.context().effects().add(Effect.of(Effect.Type.RESTORED, node, before, after));
        rules.afterRestore(writer, node);
        writer.context().answer(200);
    }

    /** Removes an object from the bin for good. */
    public void purge(Node node) {
        writer.rules(node.kind()).beforePurge(writer, node);
        expire(node);
        writer.context().answer(204);
    }

    /** Removes an object whose time in the bin is over. */
    void expire(Node node) {
        Entity before = node.entity();
        unlinkAll(node);
        dropRows(node);
        writer.tenant().table(node.kind()).purge(node);
        writer.journal(node, null, null, null, false);
        writer.context().effects().add(Effect.of(Effect.Type.PURGED, node, before, null));
    }

    private void unlinkAll(Node node) {
        for (String relation : node.inverseRelations()) {
            for (Node source : node.sources(relation)) {
                source.unlink(relation, node);
                writer.journal(source, null, relation, node, false);
            }
        }
        for (String relation : node.relations()) {
            boolean children = children(node.kind(), relation);
            for (Node target : node.targets(relation)) {
                node.unlink(relation, target);
                if (children) {
                    writer.tenant().table(target.kind()).purge(target);
                }
            }
        }
    }

    private static boolean children(Kind kind, String stored) {
        for (Relation relation : kind.relations()) {
            if (relation.form() == Relation.Form.CHILDREN && relation.via().equals(stored)) {
                return true;
            }
        }
        return false;
    }

    private void dropRows(Node node) {
        for (String rows : ROWS) {
            Kind kind = Kinds.all().get(rows);
            for (String property : kind.indexed()) {
                for (Node row : List.copyOf(writer.tenant().allBy(kind, property, node.id()))) {
                    writer.tenant().table(kind).purge(row);
                    writer.journal(row, null, null, null, false);
                    writer.rules(kind).afterDelete(writer, row);
                }
            }
        }
    }
}
