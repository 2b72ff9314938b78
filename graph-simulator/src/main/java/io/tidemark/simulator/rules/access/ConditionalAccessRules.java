package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Conditional Access policies. */
final class ConditionalAccessRules implements KindRules {

    private static final Set<String> WORDS = Set.of(
            "All",
            "None",
            "GuestsOrExternalUsers",
            "AllTrusted",
            "Office365",
            "MicrosoftAdminPortals",
            "AllAgentIdResources");
    private static final String ANY = "00000000-0000-0000-0000-000000000000";
    private static final int MOST = 195;
    private static final Map<String, List<String>> ARRAYS = Map.of(
            "users",
            List.of("includeUsers", "excludeUsers", "includeGroups", "excludeGroups", "includeRoles", "excludeRoles"),
            "applications",
            List.of(
                    "includeApplications",
                    "excludeApplications",
                    "includeUserActions",
                    "includeAuthenticationContextClassReferences"),
            "locations",
            List.of("includeLocations", "excludeLocations"),
            "platforms",
            List.of("includePlatforms", "excludePlatforms"));

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        if (writer.tenant().count(kind) >= MOST) {
            throw refused("1080: The number of policies exceeds the limit of 195.");
        }
        JsonNode conditions = body.properties().get("conditions");
        if (conditions == null
                || !conditions.path("users").isObject()
                || !conditions.path("applications").isObject()) {
            throw refused("1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of"
                    + " ConditionalAccessPolicy type. For examples, please see API documentation.");
        }
        check(writer, body, null);
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties().put("modifiedDateTime", NullNode.getInstance());
        body.defaultTo("templateId", NullNode.getInstance());
        body.defaultTo("sessionControls", NullNode.getInstance());
        body.defaultTo("grantControls", NullNode.getInstance());
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        check(writer, body, node);
        body.properties().put("modifiedDateTime", Json.time(writer.context().time()));
    }

    private static void check(TenantWriter writer, Body body, @Nullable Node node) {
        Tenant tenant = writer.tenant();
        complete(tenant, body);
        JsonNode conditions = body.properties().get("conditions");
        if (conditions != null) {
            references(tenant, conditions);
        }
        JsonNode grant = present(body, node, "grantControls");
        JsonNode session = present(body, node, "sessionControls");
        SessionControls.check(body.properties().get("sessionControls"));
        boolean untouched = node != null && !body.has("grantControls") && !body.has("sessionControls");
        if (!untouched && grant == null && session == null) {
            throw refused("1034: Policy must contain grant controls or session controls.");
        }
        if (!untouched
                && grant != null
                && grant.path("builtInControls").isEmpty()
                && grant.path("customAuthenticationFactors").isEmpty()
                && grant.path("termsOfUse").isEmpty()
                && !grant.path("authenticationStrength").isObject()) {
            throw refused("1034: Grant controls must contain at least one control.");
        }
        JsonNode state = body.properties().get("state");
        if (state != null && state.asText().equals("enabled") && securityDefaults(tenant)) {
            throw refused(
                    "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling"
                            + " a Conditional Access policy.");
        }
    }

    private static @Nullable JsonNode present(Body body, @Nullable Node node, String property) {
        JsonNode value = body.has(property) || node == null
                ? body.properties().get(property)
                : node.entity().get(property);
        return value == null || value.isNull() ? null : value;
    }

    /** Fills what Graph returns although it was not sent. */
    private static void complete(Tenant tenant, Body body) {
        JsonNode conditions = body.properties().get("conditions");
        if (conditions != null && conditions.isObject()) {
            ObjectNode whole = conditions.deepCopy();
            for (String list :
                    List.of("userRiskLevels", "signInRiskLevels", "servicePrincipalRiskLevels", "clientAppTypes")) {
                if (!whole.has(list)) {
                    whole.set(list, list.equals("clientAppTypes") ? Json.array().add("all") : Json.array());
                }
            }
            for (String single :
                    List.of("insiderRiskLevels", "platforms", "locations", "devices", "clientApplications")) {
                if (!whole.has(single)) {
                    whole.set(single, NullNode.getInstance());
                }
            }
            ARRAYS.forEach((part, lists) -> {
                if (whole.path(part).isObject()) {
                    ObjectNode object = (ObjectNode) whole.get(part);
                    lists.stream().filter(l -> !object.has(l)).forEach(l -> object.set(l, Json.array()));
                }
            });
            body.properties().put("conditions", whole);
        }
        JsonNode grant = body.properties().get("grantControls");
        if (grant != null && grant.isObject()) {
            ObjectNode whole = grant.deepCopy();
            for (String list : List.of("builtInControls", "customAuthenticationFactors", "termsOfUse")) {
                if (!whole.has(list)) {
                    whole.set(list, Json.array());
                }
            }
            JsonNode strength = whole.path("authenticationStrength");
            if (strength.isObject()) {
                String id = strength.path("id").asText();
                Node found = tenant.find(Kinds.all().get("authenticationStrengths"), id);
                if (found == null) {
                    throw refused("1121: Authentication strength with id " + id + " does not exist.");
                }
                whole.set("authenticationStrength", found.entity().toJson());
            } else {
                // Graph shows the navigation in place on every read, as null where there is none.
                whole.putNull("authenticationStrength");
            }
            body.properties().put("grantControls", whole);
        }
    }

    private static void references(Tenant tenant, JsonNode conditions) {
        JsonNode users = conditions.path("users");
        each(users, List.of("includeUsers", "excludeUsers"), id -> exists(tenant, "users", id), "1009", "user");
        each(users, List.of("includeGroups", "excludeGroups"), id -> exists(tenant, "groups", id), "1012", "group");
        each(users, List.of("includeRoles", "excludeRoles"), id -> role(tenant, id), "1011", "role");
        each(
                conditions.path("locations"),
                List.of("includeLocations", "excludeLocations"),
                id -> exists(tenant, "namedLocations", id),
                "1040",
                "location");
        each(
                conditions.path("applications"),
                List.of("includeApplications", "excludeApplications"),
                id -> application(tenant, id),
                "1013",
                "application");
    }

    private static void each(JsonNode part, List<String> lists, Predicate<String> known, String code, String what) {
        for (String list : lists) {
            for (JsonNode id : part.path(list)) {
                String text = id.asText();
                if (!WORDS.contains(text) && !text.equals(ANY) && !known.test(text)) {
                    throw refused(code + ": Invalid " + what + " value: " + text + " does not exist in the directory.");
                }
            }
        }
    }

    private static boolean exists(Tenant tenant, String collection, String id) {
        Node node = tenant.find(Kinds.all().get(collection), id);
        return node != null && node.live();
    }

    private static boolean role(Tenant tenant, String id) {
        Kind definitions = Kinds.all().get("roleDefinitions");
        return tenant.count(definitions) == 0 || exists(tenant, "roleDefinitions", id);
    }

    private static boolean application(Tenant tenant, String appId) {
        // Microsoft's own applications are known to every tenant.
        return appId.startsWith("0000000")
                || tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", appId) != null
                || tenant.findBy(Kinds.all().get("applications"), "appId", appId) != null
                || Wellknown.application(appId);
    }

    private static boolean securityDefaults(Tenant tenant) {
        return tenant.after(Kinds.all().get("securityDefaults"), 0).stream()
                .anyMatch(n -> n.entity().isTrue("isEnabled"));
    }

    private static GraphRefusal refused(String message) {
        return new GraphRefusal(400, "BadRequest", message);
    }
}
