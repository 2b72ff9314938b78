package io.tidemark.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Functions that only read. */
final class PlainActions {

    private PlainActions() {}

    /** All objects of the kind, or of the rows under an object. */
    static Outcome all(ActionCall call) {
        List<Node> live = new ArrayList<>();
        Node parent = call.parent();
        for (Node node : parent == null ? call.tenant().after(call.kind(), 0) : under(parent, call.kind())) {
            if (node.live()) {
                live.add(node);
            }
        }
        return Outcome.many(live);
    }

    private static List<Node> under(Node parent, Kind kind) {
        List<Node> rows = new ArrayList<>();
        for (Relation relation : parent.kind().relations()) {
            if (relation.form() == Relation.Form.CHILDREN && relation.targets().contains(kind.collection())) {
                rows.addAll(parent.targets(relation.via()));
            }
        }
        return rows;
    }

    /** The objects that name the caller as their principal. */
    static Outcome mine(ActionCall call) {
        String caller = call.writer().context().caller().actorId();
        List<Node> own = new ArrayList<>();
        for (Node node : call.tenant().allBy(call.kind(), "principalId", caller)) {
            if (node.live()) {
                own.add(node);
            }
        }
        return Outcome.many(own);
    }

    /** A value that stands in the table. */
    static Outcome value(ActionCall call) {
        JsonNode value = call.table().path("value");
        return Outcome.value(call.table().path("context").asText("Edm.String"), value);
    }
}
