package io.tidemark.simulator.rules.role;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Objects;

/** Directory roles given to principals. */
final class RoleAssignmentRules implements KindRules {

    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String principalId = String.valueOf(body.text("principalId"));
        Node principal = writer.tenant().findAny(principalId);
        if (principal == null || !principal.live()) {
            throw GraphRefusal.notFound(principalId);
        }
        String role = String.valueOf(body.text("roleDefinitionId"));
        if (writer.tenant().find(Kinds.all().get("roleDefinitions"), role) == null) {
            throw GraphRefusal.notFound(role);
        }
        assignable(principal);
        if (body.text("directoryScopeId") == null) {
            body.properties().put("directoryScopeId", Json.text("/"));
        }
        String scope = String.valueOf(body.text("directoryScopeId"));
        scope(writer.tenant(), scope);
        for (Node other : writer.tenant().allBy(kind, "principalId", principalId)) {
            if (role.equals(other.entity().text("roleDefinitionId"))
                    && Objects.equals(scope, other.entity().text("directoryScopeId"))) {
                throw RoleDefinitionRules.conflict();
            }
        }
        body.properties().put("id", Json.text(OpaqueIds.of(role, principalId, scope)));
    }

    static void scope(Tenant tenant, String scope) {
        if (!scope.equals("/")) {
            Node limited = tenant.findAny(scope.substring(scope.lastIndexOf('/') + 1));
            if (limited == null || !limited.live()) {
                throw GraphRefusal.notFound(scope);
            }
        }
    }

    /** Refuses groups that were not made for roles. */
    static void assignable(Node principal) {
        if (principal.kind().type().equals("group") && !principal.entity().isTrue("isAssignableToRole")) {
            throw GraphRefusal.badRequest("The group is not assignable to a role.");
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        RoleFaces.appeared(writer.tenant(), node, new RoleFaces.Faces(writer.tenant(), writer));
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        notOneself(
                writer,
                String.valueOf(node.entity().text("principalId")),
                String.valueOf(node.entity().text("roleDefinitionId")));
    }

    static void notOneself(TenantWriter writer, String principalId, String definitionId) {
        if (writer.context().caller().actorId().equals(principalId) && GLOBAL_ADMINISTRATOR.equals(definitionId)) {
            throw GraphRefusal.badRequest("Removing self from Global Administrator built-in role is not allowed.");
        }
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        RoleFaces.vanished(writer.tenant(), node, new RoleFaces.Faces(writer.tenant(), writer));
    }
}
