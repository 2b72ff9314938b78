package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;

/** Access reviews. */
final class AccessReviewRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        body.properties().put("createdBy", by(writer.context().caller()));
    }

    /** Who did something, as access reviews tell it. */
    static ObjectNode by(Caller caller) {
        ObjectNode by = Json.object();
        by.put("id", caller.actorId());
        by.put("displayName", caller.appName());
        by.put("type", caller.delegated() ? "user" : "application");
        by.put("userPrincipalName", caller.userPrincipalName());
        return by;
    }

    /** Ends a review before its time. */
    static Outcome stop(ActionCall call) {
        call.writer().change(call.mustNode(), Map.of("status", Json.text("Completed")), "Access review ended");
        return Outcome.empty(204);
    }
}
