package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.List;

/** The vendor's own service principals, which every tenant has without having their applications. */
final class FirstParty {

    static final String GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

    private static final String VENDOR_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private final SampleIds ids;
    private final JsonNode table = Words.resource("first-party.json");

    FirstParty(SampleIds ids) {
        this.ids = ids;
    }

    String graphServicePrincipal() {
        return ids.id("first party", 0);
    }

    /** The id of an application permission of Graph. */
    String roleId(String permission) {
        return idOf("roles", permission);
    }

    /** The id of a delegated permission of Graph. */
    String scopeId(String permission) {
        return idOf("scopes", permission);
    }

    List<String> scopes() {
        List<String> names = new ArrayList<>();
        table.path("microsoftGraph").path("scopes").fieldNames().forEachRemaining(names::add);
        return names;
    }

    List<String> roles() {
        List<String> names = new ArrayList<>();
        table.path("microsoftGraph").path("roles").fieldNames().forEachRemaining(names::add);
        return names;
    }

    void emit(SeedSink sink) {
        sink.object("servicePrincipals", servicePrincipal(0, table.path("microsoftGraph")));
        var number = 1;
        for (var other : table.path("others")) {
            sink.object("servicePrincipals", servicePrincipal(number++, other));
        }
    }

    private ObjectNode servicePrincipal(int number, JsonNode entry) {
        var principal = ServicePrincipals.started(
                ids.id("first party", number),
                entry.path("appId").asText(),
                entry.path("displayName").asText());
        principal.put("appOwnerOrganizationId", VENDOR_TENANT);
        principal.put("signInAudience", "AzureADMultipleOrgs");
        var names = principal.withArray("servicePrincipalNames");
        entry.path("names").forEach(name -> names.add(name.asText()));
        names.add(entry.path("appId").asText());
        var roles = principal.withArray("appRoles");
        entry.path("roles")
                .properties()
                .forEach(role -> roles.add(role(role.getValue().asText(), role.getKey())));
        var scopes = principal.withArray("oauth2PermissionScopes");
        entry.path("scopes")
                .properties()
                .forEach(scope -> scopes.add(scope(scope.getValue().asText(), scope.getKey())));
        return principal;
    }

    static ObjectNode role(String id, String value) {
        var role = JsonNodeFactory.instance.objectNode();
        role.putArray("allowedMemberTypes").add("Application");
        return role.put("description", "Allows the app " + value + " without a signed-in user.")
                .put("displayName", value)
                .put("id", id)
                .put("isEnabled", true)
                .put("origin", "Application")
                .put("value", value);
    }

    static ObjectNode scope(String id, String value) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("adminConsentDescription", "Allows the app " + value + " on behalf of the signed-in user.")
                .put("adminConsentDisplayName", value)
                .put("id", id)
                .put("isEnabled", true)
                .put("type", "User")
                .put("userConsentDescription", "Allows the app " + value + " on your behalf.")
                .put("userConsentDisplayName", value)
                .put("value", value);
    }

    private String idOf(String list, String permission) {
        var id = table.path("microsoftGraph").path(list).path(permission);
        if (id.isMissingNode()) {
            throw new IllegalArgumentException("the sample knows no permission '" + permission + "'");
        }
        return id.asText();
    }
}
