package io.tidemark.simulator.rules.role;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Role definitions. */
public final class RoleDefinitionRules implements KindRules {

    private static final int MOST = 100;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        long custom = writer.tenant().after(kind, 0).stream()
                .filter(n -> n.live() && !n.entity().isTrue("isBuiltIn"))
                .count();
        if (custom >= MOST) {
            throw new GraphRefusal(
                    403, "Directory_QuotaExceeded", "The directory object quota limit has been exceeded.");
        }
        String template = body.text("templateId");
        String id = template == null || template.isEmpty() ? writer.tenant().newId() : template;
        if (writer.tenant().find(kind, id) != null) {
            throw conflict();
        }
        body.properties().put("id", Json.text(id));
        body.properties().put("templateId", Json.text(id));
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        RolePolicies.open(writer.tenant(), node);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        builtIn(node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        builtIn(node);
        if (!writer.tenant()
                .allBy(Kinds.all().get("roleAssignments"), "roleDefinitionId", node.id())
                .isEmpty()) {
            throw GraphRefusal.badRequest("A role definition that is assigned cannot be deleted.");
        }
    }

    private static void builtIn(Node node) {
        if (node.entity().isTrue("isBuiltIn")) {
            throw GraphRefusal.badRequest("Built-in role definitions cannot be changed.");
        }
    }

    public static GraphRefusal conflict() {
        return GraphRefusal.badRequest(
                "A conflicting object with one or more of the specified property values is present in the directory.");
    }
}
