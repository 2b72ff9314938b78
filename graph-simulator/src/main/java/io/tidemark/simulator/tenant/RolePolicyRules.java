package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
                if (rule.path("id").asText().equals(one.entity().text("id"))) {
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
