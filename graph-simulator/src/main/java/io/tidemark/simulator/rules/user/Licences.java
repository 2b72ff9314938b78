package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ComputedRelations;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Licences of users and groups, out of what the tenant has bought. */
final class Licences {

    private static final String ASSIGNED = "assignedLicenses";
    private static final String STATES = "licenseAssignmentStates";

    private Licences() {}

    static Outcome assign(TenantWriter writer, Node node, ObjectNode body) {
        boolean group = node.kind().type().equals("group");
        if (group ? node.entity().isTrue("isAssignableToRole") : false) {
            // Licences of a group for roles are as protected as its members.
            roleAssignable(writer);
        }
        Restricted.guard(writer, node);
        JsonNode add = body.path("addLicenses");
        JsonNode remove = body.path("removeLicenses");
        if (!add.isArray() || !remove.isArray()) {
            throw GraphRefusal.badRequest("One or more parameters of the operation 'assignLicense' are missing from the"
                    + " request payload. The missing parameters are: "
                    + (add.isArray() ? "removeLicenses" : "addLicenses") + ".");
        }
        Map<String, JsonNode> licences = present(node);
        boolean located = group || node.entity().text("usageLocation") != null;
        for (JsonNode wanted : remove) {
            if (licences.remove(wanted.asText().toLowerCase(Locale.ROOT)) == null) {
                throw GraphRefusal.badRequest("User does not have a corresponding license.");
            }
        }
        for (JsonNode wanted : add) {
            String skuId = wanted.path("skuId").asText().toLowerCase(Locale.ROOT);
            if (!located) {
                throw GraphRefusal.badRequest(
                        "License assignment cannot be done for user with invalid usage location.");
            }
            licences.put(skuId, licence(writer.tenant(), skuId, wanted.path("disabledPlans"), licences));
        }
        ArrayNode all = Json.array();
        licences.values().forEach(all::add);
        settle(writer, node, all, group ? "Set group license" : "Change user license");
        if (group) {
            inherit(writer, node, all);
            return Outcome.one(202, node);
        }
        return Outcome.one(200, node);
    }

    private static void roleAssignable(TenantWriter writer) {
        if (!writer.context().caller().permissions().contains("RoleManagement.ReadWrite.Directory")) {
            throw GraphRefusal.denied();
        }
    }

    private static Map<String, JsonNode> present(Node node) {
        Map<String, JsonNode> licences = new LinkedHashMap<>();
        JsonNode assigned = node.entity().get(ASSIGNED);
        if (assigned != null) {
            assigned.forEach(l -> licences.put(l.path("skuId").asText().toLowerCase(Locale.ROOT), l));
        }
        return licences;
    }

    private static ObjectNode licence(Tenant tenant, String skuId, JsonNode disabled, Map<String, JsonNode> present) {
        Node sku = ComputedRelations.sku(tenant, skuId);
        if (sku == null) {
            throw GraphRefusal.badRequest("License " + skuId + " does not correspond to a valid company License.");
        }
        Set<String> plans = new LinkedHashSet<>();
        JsonNode offered = sku.entity().get("servicePlans");
        if (offered != null) {
            offered.forEach(p -> plans.add(p.path("servicePlanId").asText()));
        }
        for (JsonNode plan : disabled) {
            if (!plans.contains(plan.asText())) {
                throw GraphRefusal.badRequest("Plan " + plan.asText() + " is not part of license " + skuId + ".");
            }
        }
        JsonNode units = sku.entity().get("prepaidUnits");
        JsonNode consumed = sku.entity().get("consumedUnits");
        if (!present.containsKey(skuId)
                && units != null
                && consumed != null
                && consumed.asInt() >= units.path("enabled").asInt()) {
            throw GraphRefusal.badRequest("Subscription with SKU " + skuId + " does not have any available licenses.");
        }
        ObjectNode licence = Json.object();
        licence.set("disabledPlans", disabled.isArray() ? disabled : Json.array());
        licence.put("skuId", skuId);
        return licence;
    }

    private static void settle(TenantWriter writer, Node node, ArrayNode licences, String activity) {
        Set<String> before = present(node).keySet();
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        changes.put(ASSIGNED, licences);
        if (node.kind().properties().containsKey(STATES)) {
            changes.put(STATES, states(writer, licences, null));
        }
        writer.change(node, changes, activity);
        if (node.kind().type().equals("user")) {
            Set<String> after = present(node).keySet();
            after.stream().filter(s -> !before.contains(s)).forEach(s -> consume(writer.tenant(), s, 1));
            before.stream().filter(s -> !after.contains(s)).forEach(s -> consume(writer.tenant(), s, -1));
        }
    }

    private static ArrayNode states(
            TenantWriter writer, ArrayNode licences, @org.jspecify.annotations.Nullable String group) {
        ArrayNode states = Json.array();
        for (JsonNode licence : licences) {
            ObjectNode state = states.addObject();
            state.put("skuId", licence.path("skuId").asText());
            state.set("assignedByGroup", Json.text(group));
            state.set("disabledPlans", licence.path("disabledPlans"));
            state.put("state", "Active");
            state.put("error", "None");
            state.set("lastUpdatedDateTime", Json.time(writer.context().time()));
        }
        return states;
    }

    private static void consume(Tenant tenant, String skuId, int units) {
        Node sku = ComputedRelations.sku(tenant, skuId);
        JsonNode consumed = sku == null ? null : sku.entity().get("consumedUnits");
        if (sku != null && consumed != null) {
            tenant.table(sku.kind())
                    .replace(
                            sku,
                            sku.entity()
                                    .with(Map.of(
                                            "consumedUnits",
                                            Json.object().numberNode(Math.max(0, consumed.asInt() + units)))));
        }
    }

    /** Members of a licensed group have its licences. */
    private static void inherit(TenantWriter writer, Node group, ArrayNode licences) {
        for (Node member : List.copyOf(group.targets("members"))) {
            if (!member.live() || !member.kind().type().equals("user")) {
                continue;
            }
            Map<String, JsonNode> own = present(member);
            licences.forEach(l -> own.putIfAbsent(l.path("skuId").asText(), l));
            ArrayNode all = Json.array();
            own.values().forEach(all::add);
            Set<String> before = present(member).keySet();
            Map<String, JsonNode> changes = new LinkedHashMap<>();
            changes.put(ASSIGNED, all);
            changes.put(STATES, states(writer, all, group.id()));
            writer.change(member, changes, "Change user license");
            present(member).keySet().stream()
                    .filter(s -> !before.contains(s))
                    .forEach(s -> consume(writer.tenant(), s, 1));
        }
    }
}
