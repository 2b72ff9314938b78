package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The settings under which roles are given: every role has a policy with the same rules from the start. */
final class RolePolicies {

    private static final JsonNode RULES = Json.resource("rolePolicyRules.json");
    private static final String RELATION = "rules";

    private RolePolicies() {}

    /** The rules of one policy. */
    record Policy(@Nullable Node node) {

        JsonNode rule(String id) {
            for (Node rule : node == null ? List.<Node>of() : node.targets(RELATION)) {
                if (id.equals(rule.entity().text("id"))) {
                    return rule.entity().toJson();
                }
            }
            return Json.object();
        }
    }

    /** The policy for what a request asks. */
    static Policy of(Tenant tenant, Schedules.Subject subject, Body body) {
        boolean role = subject == Schedules.Subject.ROLE;
        String scope = role ? "/" : String.valueOf(body.text("groupId"));
        String definition = String.valueOf(role ? body.text("roleDefinitionId") : body.text("accessId"));
        for (Node assignment :
                tenant.allBy(Kinds.all().get("roleManagementPolicyAssignments"), "roleDefinitionId", definition)) {
            if (scope.equals(assignment.entity().text("scopeId"))) {
                return new Policy(tenant.find(
                        Kinds.all().get("roleManagementPolicies"),
                        String.valueOf(assignment.entity().text("policyId"))));
            }
        }
        return new Policy(null);
    }

    /** Sees that every role has its policy. */
    static void settle(Tenant tenant) {
        for (Node definition : List.copyOf(tenant.after(Kinds.all().get("roleDefinitions"), 0))) {
            open(tenant, definition);
        }
    }

    /** Gives a role its policy. */
    static void open(Tenant tenant, Node definition) {
        Kind assignments = Kinds.all().get("roleManagementPolicyAssignments");
        if (!tenant.allBy(assignments, "roleDefinitionId", definition.id()).isEmpty()) {
            return;
        }
        String own = UUID.nameUUIDFromBytes((tenant.id() + definition.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
        String id = "DirectoryRole_" + tenant.id() + "_" + own;
        Kind policies = Kinds.all().get("roleManagementPolicies");
        ObjectNode policy = Json.object();
        policy.put("id", id);
        policy.put("displayName", "DirectoryRole");
        policy.put("description", "DirectoryRole");
        policy.put("isOrganizationDefault", false);
        policy.put("scopeId", "/");
        policy.put("scopeType", "DirectoryRole");
        policy.putNull("lastModifiedDateTime");
        policy.putObject("lastModifiedBy").putNull("displayName").putNull("id");
        Node node = tenant.find(policies, id) == null
                ? tenant.insert(policies, id, Entity.of(policy))
                : tenant.find(policies, id);
        for (JsonNode rule : RULES) {
            String key = id + "/" + rule.path("id").asText();
            Kind rules = Kinds.all().get("roleManagementPolicyRules");
            if (node != null && tenant.find(rules, key) == null) {
                node.link(RELATION, tenant.insert(rules, key, Entity.of(((ObjectNode) rule).deepCopy())));
            }
        }
        ObjectNode assignment = Json.object();
        assignment.put("id", id + "_" + definition.id());
        assignment.put("policyId", id);
        assignment.put("roleDefinitionId", definition.id());
        assignment.put("scopeId", "/");
        assignment.put("scopeType", "DirectoryRole");
        tenant.insert(assignments, assignment.path("id").asText(), Entity.of(assignment));
    }
}
