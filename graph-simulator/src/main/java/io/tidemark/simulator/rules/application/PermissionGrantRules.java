package io.tidemark.simulator.rules.application;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.OpaqueIds;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Delegated permissions granted to client applications. */
final class PermissionGrantRules implements KindRules {

    private static final int LONGEST_SCOPE = 3850;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String client = body.text("clientId");
        String resource = body.text("resourceId");
        String principal = body.text("principalId");
        String consent = body.text("consentType");
        principal(writer, client);
        principal(writer, resource);
        boolean forAll = "AllPrincipals".equals(consent);
        if ((!forAll && !"Principal".equals(consent)) || forAll != (principal == null)) {
            throw GraphRefusal.invalidValue("consentType", "oAuth2PermissionGrant");
        }
        if (principal != null && live(writer, principal) == null) {
            throw GraphRefusal.notFound(principal);
        }
        scope(body);
        for (Node other : writer.tenant().allBy(kind, "clientId", String.valueOf(client))) {
            if (Objects.equals(resource, other.entity().text("resourceId"))
                    && Objects.equals(consent, other.entity().text("consentType"))
                    && Objects.equals(principal, other.entity().text("principalId"))) {
                throw new GraphRefusal(
                        409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");
            }
        }
        body.properties().put("id", Json.text(OpaqueIds.of(String.valueOf(client), resource + "/" + principal)));
        body.defaultTo("principalId", Json.text(null));
        body.defaultTo("scope", Json.text(null));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        scope(body);
    }

    private static void scope(Body body) {
        String scope = body.text("scope");
        if (scope != null && scope.length() > LONGEST_SCOPE) {
            throw GraphRefusal.invalidValue("scope", "oAuth2PermissionGrant");
        }
    }

    private static void principal(TenantWriter writer, @Nullable String id) {
        Node node = id == null ? null : live(writer, id);
        if (node == null || !node.kind().type().equals("servicePrincipal")) {
            throw GraphRefusal.badRequest("Resource '" + id
                    + "' does not exist or one of its queried reference-property objects are not present.");
        }
    }

    private static @Nullable Node live(TenantWriter writer, String id) {
        Node node = writer.tenant().findAny(id);
        return node == null || !node.live() ? null : node;
    }
}
