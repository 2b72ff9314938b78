package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.RegistrationDetails;
import io.tidemark.simulator.tenant.Rows;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many users have registered what, counted from the details of each. */
final class RegistrationReport {

    private static final Set<String> TYPES = Set.of("all", "member", "guest");
    private static final Set<String> ROLES = Set.of("all", "privilegedAdmin", "admin", "user");

    private RegistrationReport() {}

    private static List<Node> details(ActionCall call) {
        String types = argument(call, "includedUserTypes", TYPES);
        String roles = argument(call, "includedUserRoles", ROLES);
        List<Node> found = new ArrayList<>();
        for (Node node : Rows.after(call.tenant(), Kinds.all().get("userRegistrationDetails"), 0)) {
            boolean type = types.equals("all") || types.equals(node.entity().text("userType"));
            if (node.live() && type && holds(call.tenant(), node, roles)) {
                found.add(node);
            }
        }
        return found;
    }

    private static String argument(ActionCall call, String name, Set<String> values) {
        String value = call.arguments().getOrDefault(name, "all");
        if (!values.contains(value)) {
            throw GraphRefusal.badQuery("Invalid value '" + value + "' for the parameter '" + name + "'.");
        }
        return value;
    }

    private static boolean holds(Tenant tenant, Node details, String roles) {
        boolean admin = details.entity().isTrue("isAdmin");
        if (roles.equals("privilegedAdmin")) {
            Node user = tenant.find(Kinds.all().get("users"), details.id());
            return admin && user != null && RegistrationDetails.privileged(tenant, user);
        }
        return roles.equals("all") || admin == roles.equals("admin");
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
            if (password(call.tenant(), user.id())) {
                counted.merge("password", 1, Integer::sum);
            }
        }
        ArrayNode counts = answer.putArray("userRegistrationMethodCounts");
        counted.forEach((method, count) ->
                counts.addObject().put("authenticationMethod", method).put("userCount", count));
        return Outcome.value("microsoft.graph.userRegistrationMethodSummary", answer);
    }

    private static boolean password(Tenant tenant, String id) {
        Node user = tenant.find(Kinds.all().get("users"), id);
        return user != null
                && user.targets("authentication/methods").stream()
                        .anyMatch(method -> method.kind().type().equals("passwordAuthenticationMethod"));
    }

    private static ObjectNode head(ActionCall call, List<Node> users) {
        ObjectNode answer = Json.object();
        answer.put("totalUserCount", users.size());
        answer.put("userTypes", call.arguments().getOrDefault("includedUserTypes", "all"));
        answer.put("userRoles", call.arguments().getOrDefault("includedUserRoles", "all"));
        return answer;
    }
}
