package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Application roles given to users, groups and service principals. */
final class AppRoleAssignmentRules implements KindRules {

    private static final String DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000";
    private static final int MOST = 1500;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Map<String, JsonNode> properties = body.properties();
        Node principal = live(writer, body.text("principalId"));
        Node resource = live(writer, body.text("resourceId"));
        if (!resource.kind().type().equals("servicePrincipal")) {
            throw GraphRefusal.badRequest("Not a valid reference update.");
        }
        if (writer.tenant().pasts().unseen(principal) || writer.tenant().pasts().unseen(resource)) {
            throw GraphRefusal.badRequest("Not a valid reference update.");
        }
        String role = body.text("appRoleId");
        if (role == null || (!role.equals(DEFAULT_ROLE) && !ServicePrincipalRules.offers(resource, role))) {
            throw GraphRefusal.badRequest("Permission being assigned was not found on application");
        }
        List<Node> present = writer.tenant().allBy(kind, "principalId", principal.id());
        if (present.size() >= MOST) {
            throw new GraphRefusal(
                    403, "Directory_QuotaExceeded", "The directory object quota limit has been exceeded.");
        }
        for (Node other : present) {
            if (resource.id().equals(other.entity().text("resourceId"))
                    && role.equals(other.entity().text("appRoleId"))) {
                throw GraphRefusal.badRequest("Permission being assigned already exists on the object");
            }
        }
        String type = principal.kind().type();
        properties.put("principalType", Json.text(Character.toUpperCase(type.charAt(0)) + type.substring(1)));
        properties.put("principalDisplayName", Json.text(principal.entity().text("displayName")));
        properties.put("resourceDisplayName", Json.text(resource.entity().text("displayName")));
        properties.put("createdDateTime", Json.time(writer.context().time()));
        properties.put("deletedDateTime", Json.text(null));
        properties.put(
                "id", Json.text(OpaqueIds.of(principal.id(), writer.tenant().newId())));
    }

    private static Node live(TenantWriter writer, @Nullable String id) {
        Node node = id == null ? null : writer.tenant().findAny(id);
        if (node == null || !node.live()) {
            throw GraphRefusal.notFound(String.valueOf(id));
        }
        return node;
    }
}
