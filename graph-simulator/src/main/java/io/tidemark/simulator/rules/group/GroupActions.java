package io.tidemark.simulator.rules.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.ComputedRelations;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be done with groups. */
final class GroupActions {

    private GroupActions() {}

    /** Starts the life of a Microsoft 365 group anew. */
    static Outcome renew(TenantWriter writer, Node group, ObjectNode body) {
        if (!group.entity().holds("groupTypes", "Unified")) {
            throw GraphRefusal.badRequest("The group cannot be renewed because it is not managed by a policy.");
        }
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        changes.put("renewedDateTime", Json.time(writer.context().time()));
        Relation policies = group.kind().relation("groupLifecyclePolicies");
        if (policies != null) {
            for (Node policy : ComputedRelations.of(writer.tenant(), group, policies)) {
                JsonNode days = policy.entity().get("groupLifetimeInDays");
                if (days != null) {
                    changes.put(
                            "expirationDateTime",
                            Json.time(writer.context().time().plus(Duration.ofDays(days.asLong()))));
                }
            }
        }
        writer.change(group, changes, "Renew group");
        return Outcome.empty(204);
    }

    /** Names are free if nobody refuses them. */
    static Outcome validate(TenantWriter writer, Node group, ObjectNode body) {
        String nickname = body.path("mailNickname").asText("");
        for (Node other : writer.tenant().allBy(group.kind(), "mailNickname", nickname)) {
            if (other != group && other.live() && other.entity().holds("groupTypes", "Unified")) {
                throw GraphRefusal.conflict("mailNickname");
            }
        }
        return Outcome.empty(204);
    }
}
