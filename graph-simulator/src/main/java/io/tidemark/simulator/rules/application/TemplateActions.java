package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Map;

/** Makes applications from templates of the gallery, each with its service principal. */
final class TemplateActions {

    private static final String SIGN_IN = "msiam_access";

    private TemplateActions() {}

    static Outcome instantiate(ActionCall call) {
        Node template = call.mustNode();
        JsonNode name = call.body().path("displayName");
        if (!name.isTextual() || name.asText().isBlank()) {
            throw GraphRefusal.badRequest("A value is required for parameter 'displayName'.");
        }
        TenantWriter writer = call.writer();
        JsonNode made = call.table().path("made").path(template.id());
        ObjectNode wanted = Json.object();
        wanted.setAll(offered(writer.tenant(), name.asText()));
        made.path("application").properties().forEach(p -> wanted.set(p.getKey(), p.getValue()));
        Node application = writer.create(Kinds.all().get("applications"), wanted);
        ObjectNode asked = Json.object();
        asked.put("appId", application.entity().text("appId"));
        made.path("servicePrincipal").properties().forEach(p -> asked.set(p.getKey(), p.getValue()));
        Node principal = writer.create(Kinds.all().get("servicePrincipals"), asked);
        for (Node node : List.of(application, principal)) {
            writer.replace(node, Map.of("applicationTemplateId", Json.text(template.id())));
        }
        ObjectNode both = Json.object();
        both.set("application", shown(application));
        both.set("servicePrincipal", shown(principal));
        return new Outcome(201, both, "microsoft.graph.applicationServicePrincipal", List.of(), false, null);
    }

    /** What every application from the gallery offers: a scope for clients and a role for those who may sign in. */
    private static ObjectNode offered(Tenant tenant, String name) {
        ObjectNode application = Json.object().put("displayName", name).put("isFallbackPublicClient", false);
        application
                .putObject("api")
                .putArray("oauth2PermissionScopes")
                .addObject()
                .put(
                        "adminConsentDescription",
                        "Allow the application to access " + name + " on behalf of the signed-in user.")
                .put("adminConsentDisplayName", "Access " + name)
                .put("id", tenant.newId())
                .put("isEnabled", true)
                .put("type", "User")
                .put("userConsentDescription", "Allow the application to access " + name + " on your behalf.")
                .put("userConsentDisplayName", "Access " + name)
                .put("value", "user_impersonation");
        ObjectNode role = application.putArray("appRoles").addObject();
        role.putArray("allowedMemberTypes").add("User");
        role.put("description", SIGN_IN)
                .put("displayName", SIGN_IN)
                .put("id", tenant.newId())
                .put("isEnabled", true)
                .putNull("value");
        return application;
    }

    private static ObjectNode shown(Node node) {
        ObjectNode all = Json.object();
        for (String property : node.kind().defaults()) {
            JsonNode value = node.entity().get(property);
            all.set(property, value == null ? Json.text(null) : value);
        }
        return all;
    }
}
