package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Relations whose ends are stored nowhere: they follow from what is. Call it inside a read or a write of the tenant. */
public final class ComputedRelations {

    private ComputedRelations() {}

    /** The ends of a relation. */
    public static List<Node> of(Tenant tenant, Node node, Relation relation) {
        Kind kind = Kinds.all().get(relation.targets().get(0));
        return switch (relation.name()) {
            case "licenseDetails" -> licences(tenant, node, kind);
            case "onPremisesSyncBehavior" -> List.of(syncBehaviour(node, kind));
            case "groupLifecyclePolicies" -> lifecyclePolicies(tenant, node, kind);
            case "scopedRoleMemberOf" -> scopedRoles(tenant, node, kind);
            case "membersWithLicenseErrors" -> List.of();
            case "createdObjects" -> created(tenant, node, relation);
            case "photos" -> Photo.sizes(node, kind);
            case "snapshots" -> tenant.recovery().snapshots(kind);
            case "getChanges", "getFailedChanges" -> tenant.recovery().changes(node, kind);
            default -> throw new IllegalStateException("nobody knows how to compute " + relation.name());
        };
    }

    /** The applications and service principals that an application made. */
    private static List<Node> created(Tenant tenant, Node principal, Relation relation) {
        List<Node> found = new ArrayList<>();
        String appId = String.valueOf(principal.entity().text("appId"));
        for (String table : relation.targets()) {
            for (Node node : tenant.after(Kinds.all().get(table), 0)) {
                if (node.live() && appId.equalsIgnoreCase(node.entity().text("createdByAppId"))) {
                    found.add(node);
                }
            }
        }
        return found;
    }

    private static Node made(Kind kind, String id, ObjectNode object) {
        return new Node(kind, id, 0, Entity.of(object));
    }

    private static List<Node> licences(Tenant tenant, Node user, Kind kind) {
        List<Node> details = new ArrayList<>();
        JsonNode assigned = user.entity().get("assignedLicenses");
        if (assigned == null) {
            return details;
        }
        for (JsonNode licence : assigned) {
            String skuId = licence.path("skuId").asText();
            Node sku = sku(tenant, skuId);
            ObjectNode object = Json.object();
            object.put("id", OpaqueIds.of(user.id(), skuId));
            object.put("skuId", skuId);
            object.set(
                    "skuPartNumber", Json.text(sku == null ? null : sku.entity().text("skuPartNumber")));
            JsonNode plans = sku == null ? null : sku.entity().get("servicePlans");
            object.set("servicePlans", plans == null ? Json.array() : plans(plans, licence.path("disabledPlans")));
            details.add(made(kind, object.path("id").asText(), object));
        }
        return details;
    }

    private static JsonNode plans(JsonNode plans, JsonNode disabled) {
        JsonNode copy = plans.deepCopy();
        for (JsonNode plan : copy) {
            for (JsonNode off : disabled) {
                if (off.asText().equalsIgnoreCase(plan.path("servicePlanId").asText())) {
                    ((ObjectNode) plan).put("provisioningStatus", "Disabled");
                }
            }
        }
        return copy;
    }

    public static @Nullable Node sku(Tenant tenant, String skuId) {
        for (Node sku : tenant.after(Kinds.all().get("subscribedSkus"), 0)) {
            if (sku.live() && skuId.equalsIgnoreCase(sku.entity().text("skuId"))) {
                return sku;
            }
        }
        return null;
    }

    private static Node syncBehaviour(Node node, Kind kind) {
        ObjectNode object = Json.object();
        object.put("id", node.id());
        object.put("isCloudManaged", !Synced.is(node));
        return made(kind, node.id(), object);
    }

    private static List<Node> lifecyclePolicies(Tenant tenant, Node group, Kind kind) {
        List<Node> policies = new ArrayList<>();
        boolean unified = group.entity().holds("groupTypes", "Unified");
        for (Node policy : tenant.after(kind, 0)) {
            String managed = policy.entity().text("managedGroupTypes");
            boolean all = "All".equals(managed) && unified;
            if (policy.live() && (all || policy.pointsTo("managedGroups", group))) {
                policies.add(policy);
            }
        }
        return policies;
    }

    private static List<Node> scopedRoles(Tenant tenant, Node user, Kind kind) {
        List<Node> scoped = new ArrayList<>();
        for (Node membership : tenant.after(kind, 0)) {
            JsonNode member = membership.entity().get("roleMemberInfo");
            if (membership.live()
                    && member != null
                    && user.id().equals(member.path("id").asText())) {
                scoped.add(membership);
            }
        }
        return scoped;
    }
}
