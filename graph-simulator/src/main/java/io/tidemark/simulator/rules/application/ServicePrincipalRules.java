package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Ownership;
import io.tidemark.simulator.tenant.SecurityAttributes;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Service principals. */
final class ServicePrincipalRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        ApplicationRules.secrets(body, "servicePrincipal");
        String appId = body.text("appId");
        Node application = application(writer.tenant(), appId);
        Entity foreign = appId == null ? null : writer.tenant().foreignPrincipal(appId);
        if (application == null && foreign != null) {
            foreign(body, foreign);
            body.properties()
                    .put("createdByAppId", Json.text(writer.context().caller().appId()));
            return;
        }
        if (application == null || writer.tenant().pasts().unseen(application)) {
            throw GraphRefusal.badRequest("The appId '" + appId
                    + "' of the service principal does not reference a valid application object.");
        }
        Ownership.guard(writer, application);
        ApplicationRules.derived(application.entity()).forEach(body.properties()::putIfAbsent);
        body.properties()
                .put("appOwnerOrganizationId", Json.text(writer.tenant().id().toString()));
        body.properties()
                .put("createdByAppId", Json.text(writer.context().caller().appId()));
    }

    /** What comes from an application of another tenant comes again. */
    private static void foreign(Body body, Entity known) {
        for (String same : List.of(
                "displayName",
                "appDisplayName",
                "appRoles",
                "oauth2PermissionScopes",
                "servicePrincipalNames",
                "replyUrls",
                "homepage",
                "signInAudience",
                "appOwnerOrganizationId")) {
            JsonNode value = known.get(same);
            if (value != null) {
                body.defaultTo(same, value);
            }
        }
    }

    private static @Nullable Node application(Tenant tenant, @Nullable String appId) {
        return appId == null ? null : tenant.findBy(Kinds.all().get("applications"), "appId", appId);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Ownership.guard(writer, node);
        ApplicationRules.secrets(body, "servicePrincipal");
        SecurityAttributes.assign(writer, node, body);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        Ownership.guard(writer, node);
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Ownership.guard(writer, node);
    }

    @Override
    public void beforeRestore(TenantWriter writer, Node node, Entity after) {
        String owner = after.text("appOwnerOrganizationId");
        boolean ours =
                owner == null || owner.equalsIgnoreCase(writer.tenant().id().toString());
        if (ours && application(writer.tenant(), after.text("appId")) == null) {
            throw GraphRefusal.badRequest("The appId '" + after.text("appId")
                    + "' of the service principal does not reference a valid application object.");
        }
    }

    @Override
    public void beforePurge(TenantWriter writer, Node node) {
        Ownership.guard(writer, node);
    }

    @Override
    public GraphRefusal taken(String property, String value) {
        String message = "The service principal cannot be created, updated, or restored because the service principal"
                + " name " + value + " is already in use.";
        return new GraphRefusal(
                409,
                "Request_MultipleObjectsWithSameKeyValue",
                message,
                List.of(new GraphRefusal.Detail("ObjectConflict", message, "servicePrincipalNames")),
                Map.of());
    }

    /** Whether an enabled application role with this id is offered. */
    static boolean offers(Node resource, String roleId) {
        JsonNode roles = resource.entity().get("appRoles");
        if (roles != null) {
            for (JsonNode role : roles) {
                if (role.path("id").asText().equalsIgnoreCase(roleId)) {
                    return role.path("isEnabled").asBoolean(true);
                }
            }
        }
        return false;
    }
}
