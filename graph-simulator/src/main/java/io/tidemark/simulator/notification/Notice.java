package io.tidemark.simulator.notification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.Node;
import java.time.Instant;
import java.util.UUID;

/** What subscribers are sent. */
final class Notice {

    private Notice() {}

    /** That something changed. */
    static ObjectNode change(
            UUID tenant, Node subscription, Effect effect, String change, Instant time, long sequence) {
        ObjectNode message = Json.object();
        ObjectNode one = message.putArray("value").addObject();
        Node node = effect.node();
        String collection = capital(node.kind().collection());
        String place = collection + "/" + node.id();
        one.put("changeType", change);
        one.put("clientState", subscription.entity().text("clientState"));
        one.put("resource", place);
        ObjectNode data = one.putObject("resourceData");
        data.put("@odata.type", "#Microsoft.Graph." + capital(node.kind().type()));
        data.put("@odata.id", place);
        data.put("id", node.id());
        data.put("organizationId", tenant.toString());
        data.put("eventTime", time.toString());
        data.put("sequenceNumber", sequence);
        Node target = effect.target();
        if (target != null) {
            ObjectNode member = data.putArray(effect.relation() + "@delta").addObject();
            member.put("id", target.id());
            if (effect.type() == Effect.Type.UNLINKED) {
                member.put("@removed", "deleted");
            }
        }
        one.put("subscriptionExpirationDateTime", subscription.entity().text("expirationDateTime"));
        one.put("subscriptionId", subscription.id());
        one.put("tenantId", tenant.toString());
        return message;
    }

    /** What becomes of the subscription itself. */
    static ObjectNode life(UUID tenant, Node subscription, String event) {
        ObjectNode message = Json.object();
        ObjectNode one = message.putArray("value").addObject();
        one.put("subscriptionId", subscription.id());
        one.put("subscriptionExpirationDateTime", subscription.entity().text("expirationDateTime"));
        one.put("tenantId", tenant.toString());
        one.put("organizationId", tenant.toString());
        one.put("clientState", subscription.entity().text("clientState"));
        one.put("resource", subscription.entity().text("resource"));
        one.put("lifecycleEvent", event);
        return message;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
