package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which directory role is kept once, as role assignments. Members of activated roles, scoped members of
 * administrative units and the schedules of privileged access show the same assignments from other sides.
 */
final class RoleFaces {

    static final String UNITS = "/administrativeUnits/";
    private static final String MEMBERS = "members";

    private RoleFaces() {}

    private static Kind kind(String collection) {
        return Kinds.all().get(collection);
    }

    /** Follows a new assignment. */
    static void appeared(Tenant tenant, Node row, Faces faces) {
        String scope = String.valueOf(row.entity().text("directoryScopeId"));
        String principalId = String.valueOf(row.entity().text("principalId"));
        Node principal = tenant.findAny(principalId);
        if (principal == null) {
            return;
        }
        Node role = role(tenant, String.valueOf(row.entity().text("roleDefinitionId")), faces);
        if (role != null && scope.equals("/") && !role.pointsTo(MEMBERS, principal)) {
            role.link(MEMBERS, principal);
            faces.linked(role, principal, true);
        }
        if (role != null && scope.startsWith(UNITS)) {
            scoped(tenant, role, scope.substring(UNITS.length()), principal, faces);
        }
        if (tenant.find(kind("roleAssignmentSchedules"), row.id()) == null
                && tenant.allBy(kind("roleAssignmentScheduleInstances"), "principalId", principalId).stream()
                        .noneMatch(i -> row.id().equals(i.entity().text("roleAssignmentOriginId")))) {
            standing(tenant, row, faces);
        }
    }

    /** Follows an assignment that is gone. */
    static void vanished(Tenant tenant, Node row, Faces faces) {
        String scope = String.valueOf(row.entity().text("directoryScopeId"));
        String principalId = String.valueOf(row.entity().text("principalId"));
        Node principal = tenant.findAny(principalId);
        Node role = activated(tenant, String.valueOf(row.entity().text("roleDefinitionId")));
        if (role != null && principal != null && scope.equals("/") && role.unlink(MEMBERS, principal)) {
            faces.linked(role, principal, false);
        }
        if (role != null && scope.startsWith(UNITS)) {
            Node membership = tenant.find(
                    kind("scopedRoleMemberships"), scopedId(role.id(), scope.substring(UNITS.length()), principalId));
            if (membership != null) {
                faces.gone(membership);
            }
        }
        for (String face : List.of("roleAssignmentSchedules", "roleAssignmentScheduleInstances")) {
            for (Node shown : List.copyOf(tenant.allBy(kind(face), "principalId", principalId))) {
                boolean same = shown.id().equals(row.id())
                        || row.id().equals(shown.entity().text("roleAssignmentOriginId"));
                if (same) {
                    Node schedule = tenant.find(
                            kind("roleAssignmentSchedules"),
                            String.valueOf(shown.entity().text("roleAssignmentScheduleId")));
                    faces.gone(shown);
                    if (schedule != null) {
                        faces.gone(schedule);
                    }
                }
            }
        }
    }

    private static void scoped(Tenant tenant, Node role, String unit, Node principal, Faces faces) {
        String id = scopedId(role.id(), unit, principal.id());
        if (tenant.find(kind("scopedRoleMemberships"), id) != null) {
            return;
        }
        ObjectNode object = Json.object();
        object.put("id", id);
        object.put("roleId", role.id());
        object.put("administrativeUnitId", unit);
        ObjectNode info = object.putObject("roleMemberInfo");
        info.put("id", principal.id());
        info.set("displayName", Json.text(principal.entity().text("displayName")));
        signInName(info, principal);
        faces.came(kind("scopedRoleMemberships"), object);
    }

    /** Members that sign in are shown with their name for it. */
    static void signInName(ObjectNode shown, Node member) {
        String name = member.entity().text("userPrincipalName");
        if (name != null) {
            shown.put("userPrincipalName", name);
        }
    }

    static String scopedId(String role, String unit, String principal) {
        return OpaqueIds.of(role, unit, principal);
    }

    /** A permanent assignment shows as a schedule and its instance. */
    private static void standing(Tenant tenant, Node row, Faces faces) {
        String created =
                tenant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        ObjectNode schedule = common(row);
        schedule.put("createdUsing", row.id());
        schedule.set("createdDateTime", Json.text(null));
        schedule.set("modifiedDateTime", Json.text(null));
        schedule.put("status", "Provisioned");
        schedule.put("assignmentType", "Assigned");
        schedule.put("memberType", "Direct");
        ObjectNode info = schedule.putObject("scheduleInfo");
        info.put("startDateTime", created);
        info.putNull("recurrence");
        info.putObject("expiration")
                .put("type", "noExpiration")
                .putNull("duration")
                .putNull("endDateTime");
        faces.came(kind("roleAssignmentSchedules"), schedule);
        ObjectNode instance = common(row);
        instance.put("roleAssignmentOriginId", row.id());
        instance.put("roleAssignmentScheduleId", row.id());
        instance.put("startDateTime", created);
        instance.putNull("endDateTime");
        instance.put("assignmentType", "Assigned");
        instance.put("memberType", "Direct");
        faces.came(kind("roleAssignmentScheduleInstances"), instance);
    }

    private static ObjectNode common(Node row) {
        ObjectNode object = Json.object();
        object.put("id", row.id());
        for (String same : List.of("principalId", "roleDefinitionId", "directoryScopeId", "appScopeId")) {
            JsonNode value = row.entity().get(same);
            object.set(same, value == null ? Json.text(null) : value);
        }
        return object;
    }

    static @Nullable Node activated(Tenant tenant, String roleDefinitionId) {
        return tenant.findBy(kind("directoryRoles"), "roleTemplateId", roleDefinitionId);
    }

    /** The activated role of a built-in definition; the first assignment activates it. */
    private static @Nullable Node role(Tenant tenant, String roleDefinitionId, Faces faces) {
        Node role = activated(tenant, roleDefinitionId);
        Node definition = tenant.find(kind("roleDefinitions"), roleDefinitionId);
        if (role != null || definition == null || !definition.entity().isTrue("isBuiltIn")) {
            return role;
        }
        ObjectNode object = Json.object();
        object.put("id", tenant.newId());
        object.putNull("deletedDateTime");
        object.set("description", Json.text(definition.entity().text("description")));
        object.set("displayName", Json.text(definition.entity().text("displayName")));
        object.put("roleTemplateId", roleDefinitionId);
        faces.came(kind("directoryRoles"), object);
        return activated(tenant, roleDefinitionId);
    }

    /** Makes the sides agree after content was loaded, whichever of them it told. */
    static void settle(Tenant tenant) {
        Faces loading = new Faces(tenant, null);
        for (Node role : List.copyOf(tenant.after(kind("directoryRoles"), 0))) {
            String definition = String.valueOf(role.entity().text("roleTemplateId"));
            for (Node member : role.targets(MEMBERS)) {
                if (row(tenant, member.id(), definition, "/") == null) {
                    loading.came(kind("roleAssignments"), assignment(member.id(), definition, "/"));
                }
            }
        }
        for (Node row : List.copyOf(tenant.after(kind("roleAssignments"), 0))) {
            appeared(tenant, row, loading);
        }
        RolePolicies.settle(tenant);
        for (Node definition : List.copyOf(tenant.after(kind("roleDefinitions"), 0))) {
            boolean missing = tenant.find(kind("directoryRoleTemplates"), definition.id()) == null;
            if (definition.entity().isTrue("isBuiltIn") && missing) {
                ObjectNode template = Json.object();
                template.put("id", definition.id());
                template.putNull("deletedDateTime");
                template.set("description", Json.text(definition.entity().text("description")));
                template.set("displayName", Json.text(definition.entity().text("displayName")));
                loading.came(kind("directoryRoleTemplates"), template);
            }
        }
    }

    /** Rows that a request made from another side. */
    static void tell(TenantWriter writer, Effect.Type type, Node row, String activity) {
        Entity entity = row.entity();
        boolean created = type == Effect.Type.CREATED;
        writer.context()
                .effects()
                .add(new Effect(
                        type, row, created ? null : entity, created ? entity : null, Set.of(), null, null, activity));
    }

    static ObjectNode assignment(String principal, String definition, String scope) {
        ObjectNode row = Json.object();
        row.put("id", OpaqueIds.of(definition, principal, scope));
        row.put("principalId", principal);
        row.put("roleDefinitionId", definition);
        row.put("directoryScopeId", scope);
        row.putNull("appScopeId");
        return row;
    }

    static @Nullable Node row(Tenant tenant, String principal, String definition, String scope) {
        for (Node row : tenant.allBy(kind("roleAssignments"), "principalId", principal)) {
            if (definition.equalsIgnoreCase(row.entity().text("roleDefinitionId"))
                    && scope.equalsIgnoreCase(row.entity().text("directoryScopeId"))) {
                return row;
            }
        }
        return null;
    }

    /** Writes the other sides: into the tenant, and into its journal when a request is the cause. */
    record Faces(Tenant tenant, @Nullable TenantWriter writer) {

        void came(Kind kind, ObjectNode object) {
            Node node = tenant.insert(kind, object.path("id").asText(), Entity.of(object));
            if (writer != null) {
                writer.journal(node, null, null, null, true);
            }
        }

        void gone(Node node) {
            if (node.state() == Node.State.PURGED) {
                return;
            }
            tenant.table(node.kind()).purge(node);
            if (writer != null) {
                writer.journal(node, null, null, null, false);
            }
        }

        void linked(Node role, Node principal, boolean in) {
            if (writer != null) {
                writer.journal(role, null, MEMBERS, principal, in);
            }
        }
    }
}
