package io.tidemark.simulator.rules.role;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;

/** Directory roles that were activated from their template. Their members are role assignments over the whole tenant. */
final class DirectoryRoleRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String template = String.valueOf(body.text("roleTemplateId"));
        Node definition = writer.tenant().find(Kinds.all().get("roleDefinitions"), template);
        if (definition == null || !definition.entity().isTrue("isBuiltIn")) {
            throw GraphRefusal.notFound(template);
        }
        body.properties().put("displayName", Json.text(definition.entity().text("displayName")));
        body.properties().put("description", Json.text(definition.entity().text("description")));
        body.properties().put("deletedDateTime", Json.text(null));
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        boolean adds = !node.pointsTo(relation.via(), target);
        if (adds) {
            RoleAssignmentRules.assignable(target);
        } else {
            RoleAssignmentRules.notOneself(
                    writer, target.id(), String.valueOf(node.entity().text("roleTemplateId")));
        }
    }

    @Override
    public void afterLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Tenant tenant = writer.tenant();
        RoleFaces.Faces faces = new RoleFaces.Faces(tenant, writer);
        String definition = String.valueOf(node.entity().text("roleTemplateId"));
        Node row = RoleFaces.row(tenant, target.id(), definition, "/");
        if (node.pointsTo(relation.via(), target) && row == null) {
            faces.came(Kinds.all().get("roleAssignments"), RoleFaces.assignment(target.id(), definition, "/"));
            Node made = RoleFaces.row(tenant, target.id(), definition, "/");
            if (made != null) {
                RoleFaces.appeared(tenant, made, faces);
            }
        } else if (!node.pointsTo(relation.via(), target) && row != null) {
            faces.gone(row);
            RoleFaces.vanished(tenant, row, faces);
        }
    }
}
