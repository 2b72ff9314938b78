package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import java.util.Map;

/** Custom security attributes given to users and service principals. */
public final class SecurityAttributes {

    private static final String PROPERTY = "customSecurityAttributes";
    private static final String PERMISSION = "CustomSecAttributeAssignment.ReadWrite.All";

    private SecurityAttributes() {}

    /** Checks what is assigned and puts it together with what is there. */
    public static void assign(TenantWriter writer, Node node, Body body) {
        JsonNode sent = body.properties().get(PROPERTY);
        if (sent == null) {
            return;
        }
        if (!writer.context().caller().permissions().contains(PERMISSION)) {
            throw GraphRefusal.denied();
        }
        if (!sent.isObject()) {
            throw GraphRefusal.invalidValue(PROPERTY, node.kind().type());
        }
        JsonNode present = node.entity().get(PROPERTY);
        ObjectNode all = present instanceof ObjectNode object ? object.deepCopy() : Json.object();
        for (Map.Entry<String, JsonNode> set : sent.properties()) {
            if (!set.getKey().contains("@")) {
                if (writer.tenant().find(Kinds.all().get("attributeSets"), set.getKey()) == null) {
                    throw GraphRefusal.badRequest("The attribute set '" + set.getKey() + "' does not exist.");
                }
                merge(writer.tenant(), set.getKey(), set.getValue(), all);
            }
        }
        body.properties().put(PROPERTY, all.isEmpty() ? Json.text(null) : all);
    }

    private static void merge(Tenant tenant, String set, JsonNode values, ObjectNode all) {
        ObjectNode own = all.withObjectProperty(set);
        own.put("@odata.type", "#microsoft.graph.customSecurityAttributeValue");
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            String name = value.getKey();
            if (name.startsWith("@")) {
                continue;
            }
            if (name.endsWith("@odata.type")) {
                own.set(name, value.getValue());
                continue;
            }
            Node definition = tenant.find(Kinds.all().get("customSecurityAttributeDefinitions"), set + "_" + name);
            if (definition == null) {
                throw GraphRefusal.badRequest(
                        "The custom security attribute '" + set + "_" + name + "' does not exist.");
            }
            check(definition, value.getValue());
            boolean cleared = value.getValue().isNull()
                    || (value.getValue().isArray() && value.getValue().isEmpty());
            if (cleared) {
                own.remove(name);
                own.remove(name + "@odata.type");
            } else {
                own.set(name, value.getValue());
            }
        }
        boolean bare = own.properties().stream().allMatch(p -> p.getKey().contains("@"));
        if (bare) {
            all.remove(set);
        }
    }

    private static void check(Node definition, JsonNode value) {
        Entity entity = definition.entity();
        boolean many = entity.isTrue("isCollection");
        if (value.isNull() || (many && value.isArray() && value.isEmpty())) {
            return;
        }
        if (!"Available".equals(entity.text("status"))) {
            throw wrong(definition, "is deprecated and cannot be assigned");
        }
        if (many != value.isArray()) {
            throw wrong(definition, many ? "takes a collection" : "takes a single value");
        }
        for (JsonNode one : many ? value : Json.array().add(value)) {
            boolean fits = switch (String.valueOf(entity.text("type"))) {
                case "Integer" -> one.isIntegralNumber();
                case "Boolean" -> one.isBoolean();
                default -> one.isTextual() && one.asText().length() <= 64;
            };
            if (!fits) {
                throw wrong(definition, "has another type");
            }
            boolean known = definition.targets("allowedValues").stream()
                    .anyMatch(v -> one.asText().equals(v.entity().text("id"))
                            && v.entity().isTrue("isActive"));
            if (entity.isTrue("usePreDefinedValuesOnly") && !known) {
                throw wrong(definition, "takes predefined active values only");
            }
        }
    }

    private static GraphRefusal wrong(Node definition, String why) {
        return GraphRefusal.badRequest("The custom security attribute '" + definition.id() + "' " + why + ".");
    }
}
