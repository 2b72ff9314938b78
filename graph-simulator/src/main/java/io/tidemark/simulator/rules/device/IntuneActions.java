package io.tidemark.simulator.rules.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What can be done to policies of device management. */
final class IntuneActions {

    private IntuneActions() {}

    /** Says to whom a policy applies; whoever was named before is no more. */
    static Outcome assign(ActionCall call) {
        Node policy = call.mustNode();
        Relation relation = policy.kind().relation("assignments");
        if (relation == null || !call.body().path("assignments").isArray()) {
            throw IntuneRefusal.of("The assignments must be a list.");
        }
        Kind kind = Kinds.all().get(relation.targets().get(0));
        List<ObjectNode> wanted = new ArrayList<>();
        for (JsonNode assignment : call.body().path("assignments")) {
            if (!assignment.path("target").path("@odata.type").isTextual()) {
                throw IntuneRefusal.of("An assignment must have a target with its type.");
            }
            ObjectNode plain = Json.object();
            plain.set("target", assignment.get("target"));
            wanted.add(plain);
        }
        policy.targets(relation.name()).forEach(call.writer().bin()::drop);
        List<Node> made = new ArrayList<>();
        for (ObjectNode assignment : wanted) {
            made.add(call.writer().create(kind, assignment, policy, relation));
        }
        return Outcome.many(made);
    }

    /** Replaces the scheduled actions of a compliance policy. */
    static Outcome schedule(ActionCall call) {
        Node policy = call.mustNode();
        Relation relation = policy.kind().relation("scheduledActionsForRule");
        JsonNode wanted = call.body().path("deviceComplianceScheduledActionForRules");
        if (relation == null || !wanted.isArray()) {
            throw IntuneRefusal.of("The scheduled actions must be a list.");
        }
        policy.targets(relation.name()).forEach(call.writer().bin()::drop);
        for (JsonNode rule : wanted) {
            if (rule.isObject()) {
                ObjectNode plain = rule.deepCopy();
                plain.remove("id");
                call.writer().create(Kinds.all().get(relation.targets().get(0)), plain, policy, relation);
            }
        }
        return Outcome.empty(204);
    }

    /** Gives away the text of a custom setting. */
    static Outcome plainText(ActionCall call) {
        JsonNode secrets = call.mustNode().entity().get(DeviceConfigurationRules.SECRETS);
        String reference = call.arguments().getOrDefault("secretReferenceValueId", "");
        JsonNode secret = secrets == null ? null : secrets.get(reference);
        if (secret == null) {
            throw GraphRefusal.notFound(reference);
        }
        return Outcome.value("Edm.String", secret);
    }
}
