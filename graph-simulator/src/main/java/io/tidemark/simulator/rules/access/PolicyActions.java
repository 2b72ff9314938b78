package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be done to policies beside changing them. */
final class PolicyActions {

    private PolicyActions() {}

    /** Takes an object that every tenant has back to what it was at the start. */
    static Outcome reset(ActionCall call) {
        Node node = call.mustNode();
        Map<String, JsonNode> first = new LinkedHashMap<>();
        call.kind().preset().path(0).properties().forEach(p -> first.put(p.getKey(), p.getValue()));
        first.remove("id");
        boolean defaults = call.kind().collection().equals("crossTenantDefault");
        call.writer().change(node, first, defaults ? "Reset the cross-tenant access default setting" : null);
        return Outcome.empty(204);
    }

    /** Replaces the combinations of an authentication strength. */
    static Outcome combinations(ActionCall call) {
        JsonNode wanted = call.body().path("allowedCombinations");
        JsonNode previous = call.writer().secrets().combinations(call.mustNode(), wanted);
        ObjectNode answer = Json.object();
        answer.putNull("conditionalAccessReferences");
        answer.put("additionalInformation", "");
        answer.set("currentCombinations", wanted);
        answer.set("previousCombinations", previous);
        return Outcome.value("microsoft.graph.updateAllowedCombinationsResult", answer);
    }

    /** The Conditional Access policies that use an authentication strength. */
    static Outcome usage(ActionCall call) {
        ObjectNode answer = Json.object();
        ArrayNode mfa = answer.putArray("mfa");
        ArrayNode none = answer.putArray("none");
        for (Node policy : call.tenant().after(Kinds.all().get("conditionalAccessPolicies"), 0)) {
            JsonNode grant = policy.live() ? policy.entity().get("grantControls") : null;
            if (grant == null
                    || !grant.path("authenticationStrength")
                            .path("id")
                            .asText()
                            .equals(call.mustNode().id())) {
                continue;
            }
            boolean both = Json.write(grant.path("builtInControls")).contains("mfa");
            (both ? none : mfa).add(policy.entity().toJson());
        }
        return Outcome.value("microsoft.graph.authenticationStrengthUsage", answer);
    }

    /** Hands device management to another authority. */
    static Outcome mobileAuthority(ActionCall call) {
        call.writer().change(call.mustNode(), Map.of("mobileDeviceManagementAuthority", Json.text("intune")), null);
        return Outcome.value("Edm.Int32", IntNode.valueOf(0));
    }
}
