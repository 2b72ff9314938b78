package io.tidemark.simulator.rules.access;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Authentication strengths. */
final class AuthenticationStrengthRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties().put("modifiedDateTime", Json.time(writer.context().time()));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        builtIn(node);
        body.properties().put("modifiedDateTime", Json.time(writer.context().time()));
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        builtIn(node);
        for (Node policy : writer.tenant().after(Kinds.all().get("conditionalAccessPolicies"), 0)) {
            var grant = policy.live() ? policy.entity().get("grantControls") : null;
            if (grant != null
                    && grant.path("authenticationStrength").path("id").asText().equals(node.id())) {
                throw GraphRefusal.badQuery(
                        "Authentication strength policy is used by a Conditional Access policy and cannot be deleted.");
            }
        }
    }

    private static void builtIn(Node node) {
        if ("builtIn".equals(node.entity().text("policyType"))) {
            throw GraphRefusal.badQuery("Built-in authentication strength policies cannot be changed.");
        }
    }
}
