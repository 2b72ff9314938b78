package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Privilege;
import io.tidemark.simulator.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The settings under which roles are given: every role has a policy with the same rules from the start. */
final class RolePolicies {

    private static final JsonNode RULES = Json.resource("rolePolicyRules.json");
    private static final String RELATION = "rules";
    private static final String GROUP = "Group";

    private RolePolicies() {}

    /** The rules of one policy. */
    record Policy(@Nullable Node node) {

        JsonNode rule(String id) {
            for (Node rule : node == null ? List.<Node>of() : node.targets(RELATION)) {
                String own = String.valueOf(rule.entity().text("id"));
                if (id.equals(own.substring(own.lastIndexOf('/') + 1))) {
                    return rule.entity().toJson();
                }
            }
            return Json.object();
        }

        /** Whether a user may answer requests; without named approvers of a role those may who manage roles. */
        boolean approvedBy(Tenant tenant, Node user) {
            boolean named = false;
            for (JsonNode stage :
                    rule("Approval_EndUser_Assignment").path("setting").path("approvalStages")) {
                for (JsonNode approver : stage.path("primaryApprovers")) {
                    named = true;
                    if (is(tenant, approver, user)) {
                        return true;
                    }
                }
            }
            boolean role = node != null && "/".equals(node.entity().text("scopeId"));
            return !named && role && Privilege.managesRoles(tenant, user);
        }

        private static boolean is(Tenant tenant, JsonNode approver, Node user) {
            String type = approver.path("@odata.type").asText();
            String id = approver.path("id").asText();
            if (type.endsWith("groupMembers")) {
                String named = approver.path("groupId").asText(id);
                Node group = tenant.find(Kinds.all().get("groups"), named);
                return group != null && group.live() && group.pointsTo("members", user);
            }
            return user.id().equalsIgnoreCase(approver.path("userId").asText(id));
        }
    }

    /** The policy for what a request asks: of the role, or of membership or ownership of the group. */
    static Policy of(Tenant tenant, Schedules.Subject subject, UnaryOperator<@Nullable String> request) {
        boolean role = subject == Schedules.Subject.ROLE;
        String scope = role ? "/" : String.valueOf(request.apply("groupId"));
        String definition = String.valueOf(request.apply(role ? "roleDefinitionId" : "accessId"));
        if (!role) {
            openGroup(tenant, scope);
        }
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
        if (tenant.allBy(assignments, "roleDefinitionId", definition.id()).isEmpty()) {
            open(tenant, "DirectoryRole", tenant.id().toString(), "/", definition.id());
        }
    }

    /** Whether the policies of a group are there. */
    static boolean hasGroup(Tenant tenant, String group) {
        return !tenant.allBy(Kinds.all().get("roleManagementPolicyAssignments"), "scopeId", group)
                .isEmpty();
    }

    /** Gives a group the policies of its members and owners. */
    static void openGroup(Tenant tenant, String group) {
        if (!hasGroup(tenant, group)) {
            open(tenant, GROUP, group, group, "member");
            open(tenant, GROUP, group, group, "owner");
        }
    }

    private static void open(Tenant tenant, String type, String holder, String scope, String definition) {
        Kind assignments = Kinds.all().get("roleManagementPolicyAssignments");
        String own = UUID.nameUUIDFromBytes((holder + definition).getBytes(StandardCharsets.UTF_8))
                .toString();
        String id = type + "_" + holder + "_" + own;
        Kind policies = Kinds.all().get("roleManagementPolicies");
        ObjectNode policy = Json.object();
        policy.put("id", id);
        policy.put("displayName", type);
        policy.put("description", type);
        policy.put("isOrganizationDefault", false);
        policy.put("scopeId", scope);
        policy.put("scopeType", type);
        policy.putNull("lastModifiedDateTime");
        policy.putObject("lastModifiedBy").putNull("displayName").putNull("id");
        Node node = tenant.find(policies, id) == null
                ? tenant.insert(policies, id, Entity.of(policy))
                : tenant.find(policies, id);
        for (JsonNode rule : RULES) {
            String key = id + "/" + rule.path("id").asText();
            Kind rules = Kinds.all().get("roleManagementPolicyRules");
            if (node != null && tenant.find(rules, key) == null) {
                node.link(RELATION, tenant.insert(rules, key, Entity.of(rule(rule, type.equals(GROUP)))));
            }
        }
        ObjectNode assignment = Json.object();
        assignment.put("id", id + "_" + definition);
        assignment.put("policyId", id);
        assignment.put("roleDefinitionId", definition);
        assignment.put("scopeId", scope);
        assignment.put("scopeType", type);
        tenant.insert(assignments, assignment.path("id").asText(), Entity.of(assignment));
    }

    /** Groups begin with assignments that end, and with activations without a second factor. */
    private static ObjectNode rule(JsonNode usual, boolean group) {
        ObjectNode rule = usual.deepCopy();
        if (group && rule.has("isExpirationRequired")) {
            rule.put("isExpirationRequired", true);
        }
        if (group && rule.path("id").asText().equals("Enablement_EndUser_Assignment")) {
            rule.putArray("enabledRules").add("Justification");
        }
        return rule;
    }
}
