package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.Map;

/** What can be done in entitlement management. */
final class EntitlementActions {

    private EntitlementActions() {}

    /** Withdraws a request. */
    static Outcome cancel(ActionCall call) {
        call.writer()
                .change(
                        call.mustNode(),
                        Map.of("state", Json.text("canceled"), "status", Json.text("Canceled")),
                        "Cancel access package assignment request");
        return Outcome.empty(call.table().path("status").asInt(200));
    }

    /** What the caller would have to say to get an access package. */
    static Outcome requirements(ActionCall call) {
        ArrayNode found = Json.array();
        for (Node policy : call.mustNode().sources("accessPackage")) {
            if (!policy.live() || !policy.kind().collection().equals("accessPackageAssignmentPolicies")) {
                continue;
            }
            ObjectNode one = found.addObject();
            one.put("policyId", policy.id());
            one.put("policyDisplayName", policy.entity().text("displayName"));
            one.put("policyDescription", policy.entity().text("description"));
            JsonNode approval = policy.entity().get("requestApprovalSettings");
            JsonNode requestor = policy.entity().get("requestorSettings");
            one.put(
                    "isApprovalRequiredForAdd",
                    approval != null
                            && approval.path("isApprovalRequiredForAdd").asBoolean());
            one.put(
                    "isApprovalRequiredForUpdate",
                    approval != null
                            && approval.path("isApprovalRequiredForUpdate").asBoolean());
            one.put(
                    "allowCustomAssignmentSchedule",
                    requestor != null
                            && requestor.path("allowCustomAssignmentSchedule").asBoolean());
            JsonNode questions = policy.entity().get("questions");
            one.set("questions", questions == null ? Json.array() : questions);
            one.putArray("existingAnswers");
            JsonNode expiration = policy.entity().get("expiration");
            ObjectNode schedule = one.putObject("schedule");
            schedule.putNull("startDateTime").putNull("recurrence");
            schedule.set("expiration", expiration == null ? Json.object() : expiration);
        }
        return Outcome.value("Collection(microsoft.graph.accessPackageAssignmentRequestRequirements)", found);
    }
}
