package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.Map;

/** The order of the attributes that a user flow asks for. */
final class UserFlowActions {

    private static final String ORDER = "~order";

    private UserFlowActions() {}

    static Outcome order(ActionCall call) {
        Node flow = call.parent();
        JsonNode given = flow == null ? null : flow.entity().get(ORDER);
        ObjectNode order = Json.object();
        ArrayNode names = order.putArray("order");
        if (given != null) {
            given.forEach(names::add);
        } else if (flow != null) {
            flow.targets("userAttributeAssignments")
                    .forEach(n -> names.add(n.entity().text("id")));
        }
        return Outcome.value("microsoft.graph.assignmentOrder", order);
    }

    static Outcome set(ActionCall call) {
        JsonNode wanted = call.body().path("newAssignmentOrder").path("order");
        if (call.parent() == null || !wanted.isArray()) {
            throw GraphRefusal.badQuery("The order must be a list of attributes.");
        }
        call.writer().replace(call.parent(), Map.of(ORDER, wanted));
        return Outcome.empty(204);
    }
}
