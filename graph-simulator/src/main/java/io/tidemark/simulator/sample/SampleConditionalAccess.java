package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.sample.References.Reference;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The policies of Conditional Access with the locations, strengths and contexts that they name. */
final class SampleConditionalAccess {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final long seed;
    private final SampleIds ids;
    private final SampleGroups groups;
    private final GroupLayout layout;
    private final SampleRoles roles;
    private final List<SampleClient> clients;
    private final Map<String, String> locations = new LinkedHashMap<>();
    private final Map<String, ObjectNode> strengths = new LinkedHashMap<>();

    SampleConditionalAccess(
            long seed,
            SampleIds ids,
            SampleGroups groups,
            GroupLayout layout,
            SampleRoles roles,
            List<SampleClient> clients) {
        this.seed = seed;
        this.ids = ids;
        this.groups = groups;
        this.layout = layout;
        this.roles = roles;
        this.clients = clients;
        for (var location : Words.resource("named-locations.json")) {
            locations.put(location.path("displayName").asText(), ids.id("location", locations.size()));
        }
        for (var strength : Words.resource("authentication-strengths.json")) {
            strengths.put(strength.path("key").asText(), strength(strength));
        }
    }

    void emit(int policies, SeedSink sink) {
        strengths.values().forEach(strength -> sink.object("authenticationStrengths", strength.deepCopy()));
        context("c1", "Confidential documents", sink);
        context("c2", "Payments", sink);
        for (var location : Words.resource("named-locations.json")) {
            sink.object("namedLocations", location((ObjectNode) location));
        }
        var known = policyIds();
        List<JsonNode> table = new ArrayList<>();
        Words.resource("conditional-access.json").forEach(table::add);
        for (var number = 0; number < policies; number++) {
            var entry = (ObjectNode) table.get(number % table.size());
            sink.object("conditionalAccessPolicies", policy(number, entry, number / table.size(), known));
        }
    }

    private void context(String id, String name, SeedSink sink) {
        sink.object(
                "authenticationContexts",
                JSON.objectNode()
                        .put("id", id)
                        .put("displayName", name)
                        .put("description", name)
                        .put("isAvailable", true));
    }

    private ObjectNode location(ObjectNode table) {
        var name = table.path("displayName").asText();
        var dice = new Dice(seed, "location " + name, 0);
        var location = table.deepCopy();
        location.put("id", locations.get(name));
        location.put("createdDateTime", Moments.past(dice, 400, 900));
        location.put("modifiedDateTime", Moments.past(dice, 1, 399));
        location.putNull("deletedDateTime");
        return location;
    }

    private ObjectNode strength(JsonNode table) {
        var id = table.path("id");
        var strength = JSON.objectNode();
        strength.put("id", id.isTextual() ? id.asText() : ids.id("strength", 0))
                .put("createdDateTime", "2021-12-01T00:00:00Z")
                .put("modifiedDateTime", "2021-12-01T00:00:00Z")
                .put("displayName", table.path("displayName").asText())
                .put("description", table.path("description").asText())
                .put("policyType", id.isTextual() ? "builtIn" : "custom")
                .put("requirementsSatisfied", "mfa");
        strength.set("allowedCombinations", table.path("allowedCombinations"));
        return strength;
    }

    private ObjectNode policy(int number, ObjectNode table, int round, Map<String, String> known) {
        var dice = new Dice(seed, "policy", number);
        var resolved = (ObjectNode) References.resolve(table, reference -> find(reference, known));
        var policy = JSON.objectNode();
        policy.put("id", ids.id("policy", number));
        policy.putNull("templateId");
        policy.put("displayName", table.path("displayName").asText() + (round == 0 ? "" : " (" + (round + 1) + ")"));
        policy.set("description", table.has("description") ? table.get("description") : JSON.nullNode());
        policy.put("createdDateTime", Moments.past(dice, 200, 1_500));
        policy.put("modifiedDateTime", dice.percent(60) ? Moments.past(dice, 1, 199) : null);
        policy.put("state", table.path("state").asText());
        policy.putNull("deletedDateTime");
        var emergency = !table.has("emergencyAccess");
        policy.set("conditions", conditions(resolved.path("conditions"), emergency));
        policy.set("grantControls", grantControls(resolved.path("grantControls")));
        policy.set("sessionControls", sessionControls(resolved.path("sessionControls")));
        return policy;
    }

    private ObjectNode conditions(JsonNode given, boolean emergencyAccessExcluded) {
        var conditions = JSON.objectNode();
        conditions.putArray("userRiskLevels");
        conditions.putArray("signInRiskLevels");
        conditions.putArray("clientAppTypes").add("all");
        conditions.putArray("servicePrincipalRiskLevels");
        for (var unset : List.of(
                "insiderRiskLevels",
                "platforms",
                "locations",
                "devices",
                "clientApplications",
                "authenticationFlows")) {
            conditions.putNull(unset);
        }
        given.properties().forEach(member -> conditions.set(member.getKey(), member.getValue()));
        conditions.set("applications", applications(given.path("applications")));
        conditions.set("users", users(given.path("users"), emergencyAccessExcluded));
        completeLists(conditions.path("platforms"), "includePlatforms", "excludePlatforms");
        completeLists(conditions.path("locations"), "includeLocations", "excludeLocations");
        if (conditions.path("clientApplications") instanceof ObjectNode workloads) {
            completeLists(workloads, "includeServicePrincipals", "excludeServicePrincipals");
            workloads.putNull("servicePrincipalFilter");
        }
        return conditions;
    }

    private static ObjectNode applications(JsonNode given) {
        var applications = JSON.objectNode();
        completeLists(
                applications,
                "includeApplications",
                "excludeApplications",
                "includeUserActions",
                "includeAuthenticationContextClassReferences");
        applications.putNull("applicationFilter");
        given.properties().forEach(member -> applications.set(member.getKey(), member.getValue()));
        return applications;
    }

    private ObjectNode users(JsonNode given, boolean emergencyAccessExcluded) {
        var users = JSON.objectNode();
        completeLists(
                users,
                "includeUsers",
                "excludeUsers",
                "includeGroups",
                "excludeGroups",
                "includeRoles",
                "excludeRoles");
        users.putNull("includeGuestsOrExternalUsers");
        users.putNull("excludeGuestsOrExternalUsers");
        given.properties().forEach(member -> users.set(member.getKey(), member.getValue()));
        var workloadsOnly = users.path("includeUsers").path(0).asText().equals("None");
        if (emergencyAccessExcluded && !workloadsOnly) {
            var excluded = (ArrayNode) users.path("excludeGroups");
            excluded.insert(0, ids.group(GroupLayout.EMERGENCY_ACCESS));
        }
        var nobody = List.of("includeUsers", "includeGroups", "includeRoles").stream()
                .allMatch(list -> users.path(list).isEmpty());
        if (nobody && users.path("includeGuestsOrExternalUsers").isNull()) {
            // The group that this policy is about is not in so small a tenant.
            ((ArrayNode) users.path("includeUsers")).add("None");
        }
        return users;
    }

    private JsonNode grantControls(JsonNode given) {
        if (!given.isObject()) {
            return JSON.nullNode();
        }
        var controls = JSON.objectNode();
        controls.set("operator", given.path("operator"));
        completeLists(controls, "builtInControls", "customAuthenticationFactors", "termsOfUse");
        controls.putNull("authenticationStrength");
        given.properties().forEach(member -> controls.set(member.getKey(), member.getValue()));
        return controls;
    }

    private static JsonNode sessionControls(JsonNode given) {
        if (!given.isObject()) {
            return JSON.nullNode();
        }
        var controls = JSON.objectNode();
        for (var unset : List.of(
                "disableResilienceDefaults",
                "applicationEnforcedRestrictions",
                "cloudAppSecurity",
                "signInFrequency",
                "persistentBrowser",
                "secureSignInSession")) {
            controls.putNull(unset);
        }
        given.properties().forEach(member -> controls.set(member.getKey(), member.getValue()));
        return controls;
    }

    private static void completeLists(JsonNode object, String... lists) {
        if (object instanceof ObjectNode complete) {
            for (var list : lists) {
                if (!complete.has(list)) {
                    complete.putArray(list);
                }
            }
        }
    }

    private Map<String, String> policyIds() {
        Map<String, String> known = new LinkedHashMap<>();
        for (var group = 0; group < Math.min(layout.groups(), layout.firstSynced()); group++) {
            known.put("group " + groups.name(group), ids.group(group));
        }
        for (var group = layout.firstAssigned();
                group < Math.min(layout.groups(), layout.firstAssigned() + 4);
                group++) {
            known.put("group " + groups.name(group), ids.group(group));
        }
        known.put("app Sales Portal", ids.appId(SampleApplications.SALES_PORTAL));
        known.put("app Order Archive", ids.appId(SampleApplications.ORDER_ARCHIVE));
        clients.forEach(client -> known.put("sp " + client.name(), client.servicePrincipalId()));
        locations.forEach((name, id) -> known.put("location " + name, id));
        return known;
    }

    private Optional<JsonNode> find(Reference reference, Map<String, String> known) {
        return switch (reference.sort()) {
            case "role" -> Optional.of(TextNode.valueOf(roles.id(reference.name())));
            case "user" -> Optional.of(TextNode.valueOf(ids.user(Long.parseLong(reference.name()))));
            case "id" -> Optional.of(TextNode.valueOf(ids.id(reference.name(), 0)));
            case "strength" ->
                Optional.of(
                        Objects.requireNonNull(strengths.get(reference.name())).deepCopy());
            default ->
                Optional.ofNullable(known.get(reference.sort() + " " + reference.name()))
                        .map(TextNode::valueOf);
        };
    }
}
