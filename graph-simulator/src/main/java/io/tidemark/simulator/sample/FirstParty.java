package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vendor's own service principals, which every tenant has without having their applications. */
final class FirstParty {

    static final String GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

    private static final String VENDOR_TENANT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private final SampleIds ids;
    private final JsonNode table = Words.resource("first-party.json");
    private final GraphPermissions permissions = GraphPermissions.read();

    FirstParty(SampleIds ids) {
        this.ids = ids;
    }

    String graphServicePrincipal() {
        return ids.id("first party", 0);
    }

    /** The id of an application permission of Graph. */
    String roleId(String permission) {
        return known(permission, permissions.roles().get(permission));
    }

    /** The id of a delegated permission of Graph. */
    String scopeId(String permission) {
        var scope = permissions.scopes().get(permission);
        return known(permission, scope == null ? null : scope.id());
    }

    /** The delegated permissions that applications usually ask for. */
    List<String> scopes() {
        return names("usualScopes");
    }

    /** The application permissions that applications usually ask for. */
    List<String> roles() {
        return names("usualRoles");
    }

    private List<String> names(String list) {
        List<String> names = new ArrayList<>();
        table.path("microsoftGraph").path(list).forEach(name -> names.add(name.asText()));
        return names;
    }

    void emit(SeedSink sink) {
        var graph = servicePrincipal(0, table.path("microsoftGraph"));
        var roles = graph.withArray("appRoles");
        permissions.roles().forEach((name, id) -> roles.add(role(id, name)));
        var scopes = graph.withArray("oauth2PermissionScopes");
        permissions
                .scopes()
                .forEach((name, scope) -> scopes.add(scope(scope.id(), name).put("type", scope.consent())));
        sink.object("servicePrincipals", graph);
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

    private static String known(String permission, @Nullable String id) {
        if (id == null) {
            throw new IllegalArgumentException("the sample knows no permission '" + permission + "'");
        }
        return id;
    }
}
