package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an administrator says about risks. */
final class RiskActions {

    private RiskActions() {}

    static Outcome compromised(ActionCall call) {
        boolean users = users(call);
        return judge(
                call,
                "high",
                "confirmedCompromised",
                users ? "adminConfirmedUserCompromised" : "adminConfirmedServicePrincipalCompromised",
                users ? "ConfirmAccountCompromised" : "ConfirmServicePrincipalCompromised");
    }

    static Outcome dismissed(ActionCall call) {
        boolean users = users(call);
        return judge(
                call,
                "none",
                "dismissed",
                users ? "adminDismissedAllRiskForUser" : "adminDismissedRiskForServicePrincipal",
                users ? "DismissUser" : "DismissServicePrincipal");
    }

    static Outcome safe(ActionCall call) {
        return judge(call, "none", "confirmedSafe", "adminConfirmedAccountSafe", "ConfirmSafe");
    }

    private static boolean users(ActionCall call) {
        return call.kind().type().equals("riskyUser");
    }

    private static Outcome judge(ActionCall call, String level, String state, String detail, String activity) {
        boolean users = users(call);
        JsonNode ids = call.body().path(users ? "userIds" : "servicePrincipalIds");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > 60) {
            throw GraphRefusal.badQuery("Between 1 and 60 ids must be given.");
        }
        List<Node> objects = new ArrayList<>();
        for (JsonNode id : ids) {
            Node object = call.tenant().find(Kinds.all().get(users ? "users" : "servicePrincipals"), id.asText());
            Node risky = call.tenant().find(call.kind(), id.asText());
            if (risky != null) {
                objects.add(risky);
            } else if (object != null && object.live()) {
                objects.add(risky(call, object, users));
            } else {
                throw GraphRefusal.notFound(id.asText());
            }
        }
        for (Node risky : objects) {
            Map<String, JsonNode> next = new LinkedHashMap<>();
            next.put("riskLevel", Json.text(level));
            next.put("riskState", Json.text(state));
            next.put("riskDetail", Json.text(detail));
            next.put(
                    "riskLastUpdatedDateTime", Json.time(call.writer().context().time()));
            call.writer().change(risky, next, activity);
            remember(call, risky, users);
        }
        return Outcome.empty(204);
    }

    private static Node risky(ActionCall call, Node object, boolean users) {
        ObjectNode risky = Json.object().put("id", object.id());
        risky.put("isProcessing", false);
        if (users) {
            risky.put("isDeleted", false);
            risky.put("userDisplayName", object.entity().text("displayName"));
            risky.put("userPrincipalName", object.entity().text("userPrincipalName"));
        } else {
            risky.put("isEnabled", object.entity().isTrue("accountEnabled"));
            risky.put("displayName", object.entity().text("displayName"));
            risky.put("appId", object.entity().text("appId"));
            risky.put("servicePrincipalType", object.entity().text("servicePrincipalType"));
        }
        return call.tenant().insert(call.kind(), object.id(), Entity.of(risky));
    }

    private static void remember(ActionCall call, Node risky, boolean users) {
        ObjectNode item = risky.entity().toJson();
        String id = call.tenant().newId();
        item.put("id", id).put("initiatedBy", call.writer().context().caller().actorId());
        if (users) {
            item.put("userId", risky.id());
        }
        ObjectNode activity = item.putObject("activity");
        activity.putNull("detail").putArray("riskEventTypes");
        Kind history = Kinds.all().get(users ? "riskyUserHistory" : "riskyServicePrincipalHistory");
        risky.link("history", call.tenant().insert(history, id, Entity.of(item)));
    }
}
