package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an application may have depends on whose accounts it takes: personal ones allow less. */
public final class AudienceRules {

    private static final Set<String> PERSONAL =
            Set.of("AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount");
    private static final int MOST_RESOURCES = 50;
    private static final int MOST_FOREIGN = 10;
    private static final int MOST_URIS = 50;
    private static final int MOST_SECRETS = 2;
    private static final int LONGEST_NAME = 90;
    private static final int LONGEST_LOGOUT = 255;

    private AudienceRules() {}

    private static boolean personal(@Nullable Node node, @Nullable Body body) {
        String sent = body == null ? null : body.text("signInAudience");
        String audience = sent != null || node == null ? sent : node.entity().text("signInAudience");
        return audience != null && PERSONAL.contains(audience);
    }

    /** Checks an application as it would be after a request. */
    public static void check(Tenant tenant, @Nullable Node node, Body body) {
        boolean personal = personal(node, body);
        uris(of(node, body, "identifierUris"), personal);
        resources(of(node, body, "requiredResourceAccess"), personal);
        refuse("requiredResourceAccess", foreign(tenant, body) > MOST_FOREIGN);
        scopes(of(node, body, "api").path("oauth2PermissionScopes"), personal);
        logout(of(node, body, "web").path("logoutUrl"));
        for (String platform : new String[] {"web", "spa", "publicClient"}) {
            replies(of(node, body, platform).path("redirectUris"), personal);
        }
        if (personal) {
            version(of(node, body, "api"));
            clients(of(node, body, "api").path("preAuthorizedApplications"));
            refuse("appRoles", !of(node, body, "appRoles").isEmpty());
            refuse("displayName", of(node, body, "displayName").asText().length() > LONGEST_NAME);
        }
    }

    /** Refuses one more secret than the audience allows. */
    static void checkSecrets(Node node, int present) {
        boolean application = node.kind().type().equals("application");
        refuse("passwordCredentials", application && personal(node, null) && present >= MOST_SECRETS);
    }

    private static JsonNode of(@Nullable Node node, Body body, String name) {
        JsonNode value = body.properties().get(name);
        value = value != null || node == null ? value : node.entity().get(name);
        return value == null ? MissingNode.getInstance() : value;
    }

    private static void refuse(String property, boolean wrong) {
        if (wrong) {
            throw GraphRefusal.invalidValue(property, "application");
        }
    }

    private static void uris(JsonNode uris, boolean personal) {
        refuse("identifierUris", personal && uris.size() > MOST_URIS);
        for (JsonNode uri : uris) {
            String text = uri.asText();
            boolean plain = !text.startsWith("urn:") && !text.contains("?") && !text.contains("#");
            refuse("identifierUris", text.contains("*") || text.length() > (personal ? 120 : 255));
            refuse("identifierUris", personal && !plain);
        }
    }

    private static void resources(JsonNode resources, boolean personal) {
        int permissions = 0;
        for (JsonNode resource : resources) {
            int own = resource.path("resourceAccess").size();
            refuse("requiredResourceAccess", personal && own > 30);
            permissions += own;
        }
        refuse("requiredResourceAccess", resources.size() > MOST_RESOURCES || permissions > (personal ? 200 : 400));
    }

    /** How many of the wanted resources are no applications of the tenant itself. */
    private static long foreign(Tenant tenant, Body body) {
        JsonNode resources = body.properties().get("requiredResourceAccess");
        Set<String> found = new HashSet<>();
        for (JsonNode resource : resources == null ? Json.array() : resources) {
            String appId = resource.path("resourceAppId").asText();
            if (tenant.findBy(Kinds.all().get("applications"), "appId", appId) == null) {
                found.add(appId);
            }
        }
        return found.size();
    }

    private static void scopes(JsonNode scopes, boolean personal) {
        refuse("oauth2PermissionScopes", personal && scopes.size() > 100);
        for (JsonNode scope : scopes) {
            refuse("oauth2PermissionScopes", scope.path("value").asText().length() > (personal ? 40 : 120));
        }
    }

    private static void logout(JsonNode url) {
        refuse("logoutUrl", url.asText().startsWith("http:") || url.asText().length() > LONGEST_LOGOUT);
    }

    private static void replies(JsonNode replies, boolean personal) {
        refuse("redirectUris", personal && replies.size() > 100);
        for (JsonNode reply : replies) {
            refuse(
                    "redirectUris",
                    reply.asText().length() > 256 || (personal && reply.asText().contains("*")));
        }
    }

    private static void version(JsonNode api) {
        if (api.path("requestedAccessTokenVersion").asInt() != 2) {
            throw GraphRefusal.badRequest("Property api.requestedAccessTokenVersion is invalid.");
        }
    }

    private static void clients(JsonNode clients) {
        int all = 0;
        for (JsonNode client : clients) {
            int own = client.path("delegatedPermissionIds").size();
            refuse("preAuthorizedApplications", own > 30);
            all += own;
        }
        refuse("preAuthorizedApplications", clients.size() > 100 || all > 500);
    }
}
