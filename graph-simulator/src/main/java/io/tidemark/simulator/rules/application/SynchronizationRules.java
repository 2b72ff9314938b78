package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Provisioning jobs of a service principal: made from a template, started, paused, restarted. */
final class SynchronizationRules implements KindRules {

    private static final String TEMPLATES = "synchronization/templates";
    private static final String SAVED = "synchronizationSecrets";
    private static final int MOST_OPERATIONS = 50;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        if (parent == null) {
            throw GraphRefusal.badRequest("A provisioning job belongs to a service principal.");
        }
        String template = String.valueOf(body.text("templateId"));
        List<Node> known = parent.targets(TEMPLATES);
        boolean unknown =
                known.stream().noneMatch(t -> template.equals(t.entity().text("id")));
        if (!known.isEmpty() && unknown) {
            throw GraphRefusal.badRequest("There is no template '" + template + "' for this service principal.");
        }
        String id = template + "." + writer.tenant().newId().replace("-", "");
        body.properties().put("id", Json.text(id));
    }

    /** A job begins with the schema of its template, or with users alone. */
    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        ObjectNode schema = null;
        for (Node principal : node.sources("synchronization/jobs")) {
            for (Node template : principal.targets(TEMPLATES)) {
                for (Node own : template.targets("schema")) {
                    boolean named = String.valueOf(node.entity().text("templateId"))
                            .equals(template.entity().text("id"));
                    schema = named ? own.entity().toJson() : schema;
                }
            }
        }
        Relation relation = node.kind().relation("schema");
        if (relation != null) {
            ObjectNode first = schema == null ? usersAlone() : schema;
            first.remove("id");
            writer.create(Kinds.all().get("synchronizationSchemas"), first, node, relation);
        }
    }

    private static ObjectNode usersAlone() {
        ObjectNode schema = Json.object();
        ArrayNode directories = schema.putArray("directories");
        for (String name : List.of("Azure Active Directory", "customappsso")) {
            String attribute = name.equals("customappsso") ? "userName" : "userPrincipalName";
            ObjectNode directory = directories.addObject();
            directory.put("id", name).put("name", name);
            directory
                    .putArray("objects")
                    .addObject()
                    .put("name", "User")
                    .putArray("attributes")
                    .addObject()
                    .put("name", attribute)
                    .put("type", "String");
        }
        ObjectNode rule = schema.putArray("synchronizationRules").addObject();
        rule.put("id", "users")
                .put("name", "USER_TO_USER")
                .put("sourceDirectoryName", "Azure Active Directory")
                .put("targetDirectoryName", "customappsso");
        ObjectNode mapping = rule.putArray("objectMappings").addObject();
        mapping.put("enabled", true).put("sourceObjectName", "User").put("targetObjectName", "User");
        ObjectNode attribute = mapping.putArray("attributeMappings").addObject();
        attribute.put("targetAttributeName", "userName");
        attribute
                .putObject("source")
                .put("type", "Attribute")
                .put("name", "userPrincipalName")
                .put("expression", "[userPrincipalName]");
        return schema;
    }

    static Outcome start(TenantWriter writer, Node job, ObjectNode body) {
        return become(writer, job, "Active", "Enable/start provisioning configuration");
    }

    static Outcome pause(TenantWriter writer, Node job, ObjectNode body) {
        return become(writer, job, "Paused", "Disable/pause provisioning configuration");
    }

    static Outcome restart(TenantWriter writer, Node job, ObjectNode body) {
        if (!body.path("criteria").isObject()) {
            throw GraphRefusal.badRequest("A value is required for parameter 'criteria'.");
        }
        writer.change(job, Map.of("provisioned", Json.object()), null);
        return become(writer, job, "Active", "Enable/restart provisioning configuration");
    }

    private static Outcome become(TenantWriter writer, Node job, String code, String activity) {
        ObjectNode status = copy(job, "status");
        status.put("code", code);
        status.putNull("quarantine");
        ObjectNode schedule = copy(job, "schedule");
        schedule.put("state", code.equals("Active") ? "Active" : "Disabled");
        writer.change(job, Map.of("status", status, "schedule", schedule), activity);
        return Outcome.empty(204);
    }

    private static ObjectNode copy(Node job, String property) {
        return job.entity().get(property) instanceof ObjectNode object ? object.deepCopy() : Json.object();
    }

    /** Credentials are good when they are there: nothing is asked that lies outside. */
    static Outcome validate(TenantWriter writer, Node job, ObjectNode body) {
        boolean saved = false;
        for (Node principal : job.sources("synchronization/jobs")) {
            JsonNode keys = principal.entity().get(SAVED);
            saved |= keys != null && !keys.isEmpty();
        }
        boolean sent = !body.path("credentials").isEmpty();
        if (body.path("useSavedCredentials").asBoolean() ? !saved : !sent) {
            throw GraphRefusal.badRequest("The credentials to be validated are missing.");
        }
        return Outcome.empty(204);
    }

    /** Saves credentials: their names are kept, their values are not. */
    static Outcome save(TenantWriter writer, Node principal, ObjectNode body) {
        if (!body.path("value").isArray()) {
            throw GraphRefusal.badRequest("A value is required for property 'value'.");
        }
        Set<String> keys = new LinkedHashSet<>();
        JsonNode before = principal.entity().get(SAVED);
        (before == null ? Json.array() : before).forEach(key -> keys.add(key.asText()));
        for (JsonNode pair : body.path("value")) {
            String key = pair.path("key").asText();
            if (key.isEmpty()) {
                throw GraphRefusal.badRequest("Every secret must have a key.");
            }
            if (pair.path("value").asText().isEmpty()) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        }
        ArrayNode names = Json.array();
        keys.forEach(names::add);
        writer.change(principal, Map.of(SAVED, names), "Update provisioning setting or credentials");
        return Outcome.empty(204);
    }

    /** Asks another service for a token with credentials; which are kept by name. */
    static Outcome acquire(TenantWriter writer, Node owner, ObjectNode body) {
        ObjectNode secrets = Json.object();
        secrets.set("value", body.path("credentials"));
        return save(writer, owner, secrets);
    }

    /** Takes a bulk request of an HR system. */
    static Outcome upload(TenantWriter writer, Node job, ObjectNode body) {
        JsonNode operations = body.path("Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw GraphRefusal.badRequest("A bulk request must have operations.");
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw GraphRefusal.badRequest("A bulk request must not have more than 50 operations.");
        }
        return Outcome.empty(202);
    }
}
