package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.rules.role.RoleDefinitionRules;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.TenantWriter;
import org.jspecify.annotations.Nullable;

/** How much a delegated permission of a service principal is trusted. */
final class PermissionClassificationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        String permission = String.valueOf(body.text("permissionId"));
        JsonNode scopes = parent == null ? null : parent.entity().get("oauth2PermissionScopes");
        String name = null;
        for (JsonNode scope : scopes == null ? Json.array() : scopes) {
            if (permission.equalsIgnoreCase(scope.path("id").asText())) {
                name = scope.path("value").asText();
            }
        }
        String told = body.text("permissionName");
        if (name != null && told != null && !told.equals(name)) {
            throw GraphRefusal.invalidValue("permissionName", kind.type());
        }
        if (parent == null || name == null) {
            throw GraphRefusal.invalidValue("permissionId", kind.type());
        }
        boolean taken = parent.targets("delegatedPermissionClassifications").stream()
                .anyMatch(c -> permission.equalsIgnoreCase(c.entity().text("permissionId")));
        if (taken) {
            throw RoleDefinitionRules.conflict();
        }
        body.properties().put("permissionName", Json.text(name));
        body.properties().put("id", Json.text(OpaqueIds.of(parent.id(), permission)));
    }
}
