package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.regex.Pattern;

/** Policies about consent; Microsoft's own cannot be changed. */
final class PermissionGrantPolicyRules implements KindRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String id = String.valueOf(body.text("id"));
        if (!NAME.matcher(id).matches() || id.startsWith("microsoft-")) {
            throw GraphRefusal.invalidValue("id", kind.type());
        }
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        own(node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        own(node);
        for (Node policy : writer.tenant().after(Kinds.all().get("authorizationPolicy"), 0)) {
            JsonNode defaults = policy.live() ? policy.entity().get("defaultUserRolePermissions") : null;
            if (defaults != null
                    && Json.write(defaults.path("permissionGrantPoliciesAssigned"))
                            .contains("." + node.id() + "\"")) {
                throw GraphRefusal.badRequest("The permission grant policy is assigned and cannot be deleted.");
            }
        }
    }

    static void own(Node node) {
        if (node.id().startsWith("microsoft-")) {
            throw GraphRefusal.badRequest("Built-in permission grant policies cannot be updated or deleted.");
        }
    }
}
