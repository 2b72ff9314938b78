package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.util.Map;

/** Reports on what access reviews decided: one is ready as soon as it is asked for. */
final class AccessReviewHistoryRules implements KindRules {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration OPEN = Duration.ofHours(24);

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        body.properties().put("createdBy", AccessReviewRules.by(writer.context().caller()));
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        ObjectNode instance = Json.object();
        for (String bound : new String[] {"reviewHistoryPeriodStartDateTime", "reviewHistoryPeriodEndDateTime"}) {
            instance.set(bound, Json.text(node.entity().text(bound)));
        }
        instance.put("status", "done");
        instance.set("runDateTime", Json.time(writer.context().time()));
        instance.set("fulfilledDateTime", Json.time(writer.context().time()));
        instance.set("expirationDateTime", Json.time(writer.context().time().plus(KEPT)));
        instance.putNull("downloadUri");
        writer.create(
                Kinds.all().get("accessReviewHistoryInstances"),
                instance,
                node,
                node.kind().relation("instances"));
        writer.change(node, Map.of("status", Json.text("done")), null);
    }

    /** Makes an address from which the report can be fetched for a day. */
    static Outcome uri(TenantWriter writer, Node instance, ObjectNode body) {
        if (!"done".equals(instance.entity().text("status"))) {
            throw GraphRefusal.badRequest("The report is not ready.");
        }
        String address = "https://reports.example.net/" + instance.id() + "?expires="
                + writer.context().time().plus(OPEN).getEpochSecond();
        writer.change(instance, Map.of("downloadUri", Json.text(address)), null);
        return Outcome.one(200, instance);
    }
}
