package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes of role policies: a rule is replaced by its id, the others stay. */
final class RolePolicyRules implements KindRules {

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Relation rules = node.kind().relation("rules");
        List<ObjectNode> sent = rules == null ? null : body.children().remove(rules);
        if (sent == null) {
            return;
        }
        for (ObjectNode rule : sent) {
            Node present = null;
            for (Node one : node.targets("rules")) {
                if (String.valueOf(one.entity().text("id"))
                        .endsWith(rule.path("id").asText("?"))) {
                    present = one;
                }
            }
            if (present == null) {
                throw GraphRefusal.notFound(rule.path("id").asText());
            }
            ObjectNode changed = rule.deepCopy();
            changed.remove("id");
            writer.update(present, changed);
        }
    }

    /** One rule of a policy. */
    static final class Rule implements KindRules {

        @Override
        public void beforeUpdate(TenantWriter writer, Node node, Body body) {
            String type = node.entity().text("@odata.type");
            if (body.type() != null && !body.type().equalsIgnoreCase(type)) {
                throw new GraphRefusal(400, "InvalidPolicyRule", "The policy rule is invalid.");
            }
            body.properties().remove("id");
            approvers(node, body);
        }

        /** Who wants approvals for a group names who gives them. */
        private static void approvers(Node rule, Body body) {
            JsonNode setting = body.properties().get("setting");
            boolean group = rule.sources("rules").stream()
                    .anyMatch(policy -> "Group".equals(policy.entity().text("scopeType")));
            if (setting == null || !group || !setting.path("isApprovalRequired").asBoolean()) {
                return;
            }
            for (JsonNode stage : setting.path("approvalStages")) {
                if (!stage.path("primaryApprovers").isEmpty()) {
                    return;
                }
            }
            throw new GraphRefusal(400, "InvalidPolicyRule", "The policy rule is invalid.");
        }

        @Override
        public void afterUpdate(TenantWriter writer, Node node, Body body) {
            Caller caller = writer.context().caller();
            ObjectNode by = Json.object();
            by.set("displayName", Json.text(caller.userPrincipalName()));
            by.put("id", caller.actorId());
            Map<String, JsonNode> stamp = new LinkedHashMap<>();
            stamp.put("lastModifiedDateTime", Json.time(writer.context().time()));
            stamp.put("lastModifiedBy", by);
            for (Node policy : node.sources("rules")) {
                writer.tenant()
                        .table(policy.kind())
                        .replace(policy, policy.entity().with(stamp));
            }
        }
    }
}
