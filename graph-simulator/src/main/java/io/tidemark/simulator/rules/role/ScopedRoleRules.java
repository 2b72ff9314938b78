package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;

/** Directory roles over one administrative unit: another side of role assignments. */
final class ScopedRoleRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Tenant tenant = writer.tenant();
        String roleId = String.valueOf(body.text("roleId"));
        String unitId = String.valueOf(body.text("administrativeUnitId"));
        Node role = tenant.find(Kinds.all().get("directoryRoles"), roleId);
        Node unit = tenant.find(Kinds.all().get("administrativeUnits"), unitId);
        JsonNode info = body.properties().get("roleMemberInfo");
        String memberId = info == null ? "" : info.path("id").asText();
        Node member = tenant.findAny(memberId);
        if (role == null) {
            throw GraphRefusal.notFound(roleId);
        }
        if (unit == null || !unit.live()) {
            throw GraphRefusal.notFound(unitId);
        }
        if (member == null || !member.live()) {
            throw GraphRefusal.notFound(memberId);
        }
        RoleAssignmentRules.assignable(member);
        String id = RoleFaces.scopedId(roleId, unitId, memberId);
        if (tenant.find(kind, id) != null) {
            throw RoleDefinitionRules.conflict();
        }
        ObjectNode shown = Json.object();
        shown.put("id", memberId);
        shown.set("displayName", Json.text(member.entity().text("displayName")));
        RoleFaces.signInName(shown, member);
        body.properties().put("roleMemberInfo", shown);
        body.properties().put("id", Json.text(id));
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Tenant tenant = writer.tenant();
        RoleFaces.Faces faces = new RoleFaces.Faces(tenant, writer);
        String definition = definition(tenant, node);
        String scope = RoleFaces.UNITS + node.entity().text("administrativeUnitId");
        String member = member(node);
        if (RoleFaces.row(tenant, member, definition, scope) == null) {
            faces.came(Kinds.all().get("roleAssignments"), RoleFaces.assignment(member, definition, scope));
            Node row = RoleFaces.row(tenant, member, definition, scope);
            if (row != null) {
                RoleFaces.appeared(tenant, row, faces);
                RoleFaces.tell(writer, Effect.Type.CREATED, row, "Add scoped member to role");
            }
        }
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        Tenant tenant = writer.tenant();
        String scope = RoleFaces.UNITS + node.entity().text("administrativeUnitId");
        Node row = RoleFaces.row(tenant, member(node), definition(tenant, node), scope);
        if (row != null) {
            RoleFaces.Faces faces = new RoleFaces.Faces(tenant, writer);
            faces.gone(row);
            RoleFaces.vanished(tenant, row, faces);
            RoleFaces.tell(writer, Effect.Type.DELETED, row, "Remove scoped member from role");
        }
    }

    private static String member(Node node) {
        JsonNode info = node.entity().get("roleMemberInfo");
        return info == null ? "" : info.path("id").asText();
    }

    private static String definition(Tenant tenant, Node node) {
        Node role = tenant.find(
                Kinds.all().get("directoryRoles"), String.valueOf(node.entity().text("roleId")));
        return role == null ? "" : String.valueOf(role.entity().text("roleTemplateId"));
    }
}
