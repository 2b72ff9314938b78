package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.AudienceRules;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.Domains;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Ownership;
import io.tidemark.simulator.tenant.SecretWriter;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applications, and what their service principals take from them. */
final class ApplicationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        secrets(body, "application");
        addresses(writer.tenant(), body);
        mappedClaims(writer, body);
        AudienceRules.check(writer.tenant(), null, body);
        shared(null, body);
        new SecretWriter(writer).begin(body);
        body.properties().put("appId", Json.text(writer.tenant().newId()));
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties()
                .put("createdByAppId", Json.text(writer.context().caller().appId()));
        body.properties().put("publisherDomain", Json.text(Domains.usual(writer.tenant())));
        for (String complex : List.of("api", "web", "spa", "publicClient", "info")) {
            JsonNode sent = body.properties().get(complex);
            JsonNode whole = kind.initial().get(complex);
            if (sent != null && sent.isObject() && whole != null) {
                ObjectNode both = Json.object();
                both.setAll((ObjectNode) whole);
                both.setAll((ObjectNode) sent);
                body.properties().put(complex, both);
            }
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Caller caller = writer.context().caller();
        Node actor = writer.tenant().findAny(caller.actorId());
        boolean becomesOwner = caller.delegated() || !caller.permissions().contains("Application.ReadWrite.All");
        Relation owners = node.kind().relation("owners");
        if (becomesOwner && actor != null && owners != null && !node.pointsTo("owners", actor)) {
            writer.links().put(node, owners, actor);
        }
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Ownership.guard(writer, node);
        secrets(body, "application");
        addresses(writer.tenant(), body);
        AudienceRules.check(writer.tenant(), node, body);
        ApplicationKeys.unchanged(node, body);
        shared(node, body);
        entitlements(node.entity().get("appRoles"), body.properties().get("appRoles"));
        JsonNode api = node.entity().get("api");
        JsonNode sentApi = body.properties().get("api");
        if (api != null && sentApi != null && sentApi.has("oauth2PermissionScopes")) {
            entitlements(api.get("oauth2PermissionScopes"), sentApi.get("oauth2PermissionScopes"));
        }
    }

    /** Who may write no applications but his own sets this after the creation only. */
    private static void mappedClaims(TenantWriter writer, Body body) {
        JsonNode api = body.properties().get("api");
        boolean wanted = api != null && api.path("acceptMappedClaims").asBoolean();
        if (wanted && !writer.context().caller().permissions().contains("Application.ReadWrite.All")) {
            throw GraphRefusal.denied();
        }
    }

    /** Addresses on the web lie in verified domains of the tenant. */
    private static void addresses(Tenant tenant, Body body) {
        JsonNode uris = body.properties().get("identifierUris");
        for (JsonNode uri : uris == null ? Json.array() : uris) {
            String text = uri.asText();
            if (text.regionMatches(true, 0, "http", 0, 4) && !Domains.verified(tenant, text)) {
                throw GraphRefusal.badRequest("Values of identifierUris property must use a verified domain of the"
                        + " organization or its subdomain: '" + text + "'");
            }
        }
    }

    /** Roles and scopes have one space of values: no role has the value of a scope. */
    private static void shared(@Nullable Node node, Body body) {
        Set<String> values = new LinkedHashSet<>();
        JsonNode roles = body.has("appRoles") || node == null
                ? body.properties().get("appRoles")
                : node.entity().get("appRoles");
        JsonNode api = body.has("api") || node == null
                ? body.properties().get("api")
                : node.entity().get("api");
        if (roles != null) {
            roles.forEach(role -> values.add(role.path("value").asText("")));
        }
        values.remove("");
        for (JsonNode scope : api == null ? Json.array() : api.path("oauth2PermissionScopes")) {
            if ((body.has("appRoles") || body.has("api"))
                    && values.contains(scope.path("value").asText())) {
                throw GraphRefusal.badRequest("Request contains a property with duplicate values.");
            }
        }
    }

    /** Secrets are made by Graph, never taken. */
    static void secrets(Body body, String type) {
        JsonNode passwords = body.properties().get("passwordCredentials");
        if (passwords != null) {
            for (JsonNode password : passwords) {
                if (password.hasNonNull("secretText")) {
                    throw GraphRefusal.invalidValue("passwordCredentials", type);
                }
            }
        }
    }

    /** An enabled role or scope can neither go nor change; it is disabled first. */
    private static void entitlements(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null) {
            return;
        }
        Map<String, JsonNode> next = new LinkedHashMap<>();
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode role : after) {
            next.put(role.path("id").asText(), role);
            String value = role.path("value").asText("");
            if (!value.isEmpty() && !value.equals("null") && !values.add(value)) {
                throw GraphRefusal.badRequest("Request contains a property with duplicate values.");
            }
        }
        for (JsonNode role : before) {
            if (!role.path("isEnabled").asBoolean()) {
                continue;
            }
            JsonNode now = next.get(role.path("id").asText());
            boolean disabledOnly = now != null && now.equals(((ObjectNode) role.deepCopy()).put("isEnabled", false));
            if (now == null || (!now.path("isEnabled").asBoolean() && !disabledOnly && !sameButEnabled(role, now))) {
                String message =
                        "Property value cannot be deleted or updated unless it is disabled first. Permission (scope or"
                                + " role) cannot be deleted or updated unless disabled first.";
                throw new GraphRefusal(
                        400,
                        "Request_BadRequest",
                        message,
                        List.of(new GraphRefusal.Detail("CannotDeleteOrUpdateEnabledEntitlement", message, "appRoles")),
                        Map.of());
            }
        }
    }

    private static boolean sameButEnabled(JsonNode role, JsonNode now) {
        for (Map.Entry<String, JsonNode> member : now.properties()) {
            if (!member.getKey().equals("isEnabled") && !member.getValue().equals(role.get(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        Node principal = principalOf(writer.tenant(), node);
        if (principal == null) {
            return;
        }
        Map<String, JsonNode> derived = derived(node.entity());
        derived.entrySet().removeIf(e -> e.getValue().equals(principal.entity().get(e.getKey())));
        if (!derived.isEmpty()) {
            writer.change(principal, derived, null);
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        Ownership.guard(writer, node);
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        Node principal = principalOf(writer.tenant(), node);
        if (principal != null) {
            writer.bin().drop(principal);
        }
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Ownership.guard(writer, node);
        Ownership.limit(node, relation, target);
    }

    private static @Nullable Node principalOf(Tenant tenant, Node application) {
        String appId = application.entity().text("appId");
        return appId == null ? null : tenant.findBy(Kinds.all().get("servicePrincipals"), "appId", appId);
    }

    /** What a service principal shows of its application. */
    static Map<String, JsonNode> derived(Entity application) {
        Map<String, JsonNode> taken = new LinkedHashMap<>();
        JsonNode name = Json.text(application.text("displayName"));
        taken.put("displayName", name);
        taken.put("appDisplayName", name);
        for (String same : List.of("appRoles", "signInAudience", "info")) {
            JsonNode value = application.get(same);
            if (value != null) {
                taken.put(same, value);
            }
        }
        JsonNode api = application.get("api");
        if (api != null && api.has("oauth2PermissionScopes")) {
            taken.put("oauth2PermissionScopes", api.get("oauth2PermissionScopes"));
        }
        ArrayNode names = Json.array();
        JsonNode uris = application.get("identifierUris");
        if (uris != null) {
            uris.forEach(uri -> names.add(uri.asText()));
        }
        String appId = application.text("appId");
        if (appId != null) {
            names.add(appId);
        }
        taken.put("servicePrincipalNames", names);
        ArrayNode replies = Json.array();
        for (String client : List.of("web", "spa", "publicClient")) {
            JsonNode value = application.get(client);
            if (value != null) {
                value.path("redirectUris").forEach(uri -> replies.add(uri.asText()));
            }
        }
        taken.put("replyUrls", replies);
        JsonNode web = application.get("web");
        if (web != null) {
            taken.put("homepage", web.has("homePageUrl") ? web.get("homePageUrl") : Json.text(null));
            taken.put("logoutUrl", web.has("logoutUrl") ? web.get("logoutUrl") : Json.text(null));
        }
        return taken;
    }
}
