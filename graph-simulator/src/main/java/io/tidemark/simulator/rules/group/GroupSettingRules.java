package io.tidemark.simulator.rules.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of all groups or of one, made from templates. */
final class GroupSettingRules implements KindRules {

    private static final String OF_ONE_GROUP = "08d542b9-071f-4e16-94b0-74abb372e3d9";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        String templateId = String.valueOf(body.text("templateId"));
        Node template = writer.tenant().find(Kinds.all().get("groupSettingTemplates"), templateId);
        if (template == null) {
            throw GraphRefusal.notFound(templateId);
        }
        boolean guest = OF_ONE_GROUP.equals(templateId);
        if (guest != (parent != null)) {
            throw GraphRefusal.badRequest("The template '" + templateId + "' cannot be used for this object.");
        }
        if (parent == null) {
            for (Node other : writer.tenant().after(kind, 0)) {
                boolean global = other.live() && other.sources("settings").isEmpty();
                if (global && templateId.equals(other.entity().text("templateId"))) {
                    throw GraphRefusal.badRequest(
                            "A conflicting object with one or more of the specified property values is present in the"
                                    + " directory.");
                }
            }
        } else if (parent.targets("settings").stream().anyMatch(Node::live)) {
            throw GraphRefusal.badRequest(
                    "A conflicting object with one or more of the specified property values is present in the"
                            + " directory.");
        }
        body.properties().put("displayName", Json.text(template.entity().text("displayName")));
        body.properties().put("values", values(template, body.properties().get("values"), null));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Node template = writer.tenant()
                .find(
                        Kinds.all().get("groupSettingTemplates"),
                        String.valueOf(node.entity().text("templateId")));
        if (template != null && body.has("values")) {
            body.properties()
                    .put(
                            "values",
                            values(
                                    template,
                                    body.properties().get("values"),
                                    node.entity().get("values")));
        }
    }

    /** All values of the template: those sent, else those present, else its defaults. */
    private static ArrayNode values(Node template, @Nullable JsonNode sent, @Nullable JsonNode present) {
        Map<String, JsonNode> chosen = new LinkedHashMap<>();
        collect(present, chosen);
        collect(sent, chosen);
        ArrayNode values = Json.array();
        JsonNode offered = template.entity().get("values");
        for (JsonNode value : offered == null ? Json.array() : offered) {
            String name = value.path("name").asText();
            JsonNode wanted = chosen.remove(name);
            values.addObject().put("name", name).set("value", wanted == null ? value.path("defaultValue") : wanted);
        }
        if (!chosen.isEmpty()) {
            throw GraphRefusal.badRequest(
                    "The template has no setting '" + chosen.keySet().iterator().next() + "'.");
        }
        return values;
    }

    private static void collect(@Nullable JsonNode values, Map<String, JsonNode> into) {
        if (values != null) {
            values.forEach(value -> into.put(value.path("name").asText(), value.path("value")));
        }
    }
}
