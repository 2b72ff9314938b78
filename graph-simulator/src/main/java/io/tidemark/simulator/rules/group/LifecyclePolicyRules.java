package io.tidemark.simulator.rules.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Set;

/** When Microsoft 365 groups expire. A tenant has one policy. */
final class LifecyclePolicyRules implements KindRules {

    private static final Set<String> TYPES = Set.of("All", "Selected", "None");
    private static final int SHORTEST = 30;
    private static final int MOST_SELECTED = 500;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        if (writer.tenant().count(kind) > 0) {
            throw GraphRefusal.badRequest("A group lifecycle policy already exists for the tenant.");
        }
        check(body);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        check(body);
    }

    private static void check(Body body) {
        JsonNode days = body.properties().get("groupLifetimeInDays");
        if (days != null && days.asInt() < SHORTEST) {
            throw GraphRefusal.invalidValue("groupLifetimeInDays", "groupLifecyclePolicy");
        }
        String types = body.text("managedGroupTypes");
        if (types != null && !TYPES.contains(types)) {
            throw GraphRefusal.invalidValue("managedGroupTypes", "groupLifecyclePolicy");
        }
    }

    static Outcome addGroup(TenantWriter writer, Node policy, ObjectNode body) {
        Node group = group(writer, body);
        boolean selected = "Selected".equals(policy.entity().text("managedGroupTypes"));
        boolean unified = group.entity().holds("groupTypes", "Unified");
        boolean room = policy.targets("managedGroups").size() < MOST_SELECTED;
        boolean added = selected && unified && room && !policy.pointsTo("managedGroups", group);
        if (added) {
            policy.link("managedGroups", group);
            writer.change(policy, java.util.Map.of(), "Add group to lifecycle management policy");
        }
        return Outcome.value("Edm.Boolean", BooleanNode.valueOf(added));
    }

    static Outcome removeGroup(TenantWriter writer, Node policy, ObjectNode body) {
        Node group = group(writer, body);
        boolean removed = policy.unlink("managedGroups", group);
        if (removed) {
            writer.change(policy, java.util.Map.of(), "Remove group from lifecycle management policy");
        }
        return Outcome.value("Edm.Boolean", BooleanNode.valueOf(removed));
    }

    private static Node group(TenantWriter writer, ObjectNode body) {
        String id = body.path("groupId").asText();
        Node group = writer.tenant().find(Kinds.all().get("groups"), id);
        if (group == null || !group.live()) {
            throw GraphRefusal.notFound(id);
        }
        return group;
    }
}
