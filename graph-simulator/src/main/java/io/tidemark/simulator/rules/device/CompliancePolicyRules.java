package io.tidemark.simulator.rules.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;

/** Compliance policies of devices: each says once when a device is blocked. */
final class CompliancePolicyRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Relation actions = kind.relation("scheduledActionsForRule");
        List<ObjectNode> rules = actions == null ? null : body.children().get(actions);
        if (rules == null || blocks(rules) != 1) {
            throw IntuneRefusal.of("A compliance policy must have one block action in its scheduled actions.");
        }
    }

    private static int blocks(List<ObjectNode> rules) {
        int blocks = 0;
        for (ObjectNode rule : rules) {
            for (JsonNode action : rule.path("scheduledActionConfigurations")) {
                blocks += action.path("actionType").asText().equals("block") ? 1 : 0;
            }
        }
        return blocks;
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.children().isEmpty()) {
            throw IntuneRefusal.of("Scheduled actions and assignments are not changed with the policy.");
        }
    }
}
