package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many users have registered what, counted from the details of each. */
final class RegistrationReport {

    private RegistrationReport() {}

    private static List<Node> details(ActionCall call) {
        List<Node> found = new ArrayList<>();
        for (Node node : call.tenant().after(Kinds.all().get("userRegistrationDetails"), 0)) {
            if (node.live()) {
                found.add(node);
            }
        }
        return found;
    }

    static Outcome byFeature(ActionCall call) {
        List<Node> users = details(call);
        ObjectNode answer = head(call, users);
        ArrayNode counts = answer.putArray("userRegistrationFeatureCounts");
        Map<String, String> features = new LinkedHashMap<>();
        features.put("ssprRegistered", "isSsprRegistered");
        features.put("ssprEnabled", "isSsprEnabled");
        features.put("ssprCapable", "isSsprCapable");
        features.put("passwordlessCapable", "isPasswordlessCapable");
        features.put("mfaCapable", "isMfaCapable");
        features.forEach((feature, property) -> counts.addObject()
                .put("feature", feature)
                .put(
                        "userCount",
                        users.stream().filter(n -> n.entity().isTrue(property)).count()));
        return Outcome.value("microsoft.graph.userRegistrationFeatureSummary", answer);
    }

    static Outcome byMethod(ActionCall call) {
        List<Node> users = details(call);
        ObjectNode answer = head(call, users);
        Map<String, Integer> counted = new TreeMap<>();
        for (Node user : users) {
            JsonNode methods = user.entity().get("methodsRegistered");
            if (methods != null) {
                methods.forEach(m -> counted.merge(m.asText(), 1, Integer::sum));
            }
        }
        ArrayNode counts = answer.putArray("userRegistrationMethodCounts");
        counted.forEach((method, count) ->
                counts.addObject().put("authenticationMethod", method).put("userCount", count));
        return Outcome.value("microsoft.graph.userRegistrationMethodSummary", answer);
    }

    private static ObjectNode head(ActionCall call, List<Node> users) {
        ObjectNode answer = Json.object();
        answer.put("totalUserCount", users.size());
        answer.put("userTypes", call.arguments().getOrDefault("includedUserTypes", "all"));
        answer.put("userRoles", call.arguments().getOrDefault("includedUserRoles", "all"));
        return answer;
    }
}
