package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what a caller sent against the kind's table, and refuses it as Graph does. */
final class BodyCheck {

    private static final Pattern EXTENSION = Pattern.compile("extension_[0-9a-f]{32}_\\w+");
    private static final String SCHEMA_1007 = "1007: Incoming ConditionalAccessPolicy object is null or does not match"
            + " the schema of ConditionalAccessPolicy type. For examples, please see API documentation at"
            + " https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies.";

    private final Tenant tenant;
    private final Schema schema = Schema.v1();
    private final ValueCheck values = new ValueCheck(schema);
    private final Spelling spelling = new Spelling(schema);

    BodyCheck(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Checks the properties of a new object. */
    Body forCreation(Kind kind, ObjectNode sent) {
        Body body = parse(kind, sent, null);
        for (String required : kind.required()) {
            JsonNode value = body.properties().get(required);
            if (value == null || value.isNull()) {
                throw kind.service().equals("conditionalAccess")
                        ? new GraphRefusal(400, "BadRequest", SCHEMA_1007)
                        : GraphRefusal.badRequest("A value is required for property '" + required + "' of resource '"
                                + titled(kind) + "'.");
            }
        }
        return body;
    }

    /** Checks the changed properties of an object. */
    Body forUpdate(Node node, ObjectNode sent) {
        return parse(node.kind(), sent, node);
    }

    private Body parse(Kind kind, ObjectNode sent, @Nullable Node node) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        Map<Relation, List<String>> binds = new LinkedHashMap<>();
        Map<Relation, List<ObjectNode>> children = new LinkedHashMap<>();
        String type = sent.hasNonNull("@odata.type") ? sent.path("@odata.type").asText() : null;
        Map<String, TypeRef> declared = declared(kind, type, node);
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            String name = field.getKey();
            if (name.endsWith("@odata.bind")) {
                bind(
                        kind,
                        name.substring(0, name.length() - "@odata.bind".length()),
                        field.getValue(),
                        binds,
                        properties);
            } else if (!name.contains("@odata.") && !nested(kind, field, binds, children, properties)) {
                property(kind, declared, name, field.getValue(), node, properties);
            }
        }
        typed(kind, declared, type, properties.keySet(), node);
        return new Body(type, properties, binds, children);
    }

    /** Objects that are written within another one: made under it, or linked by their ids. */
    private static boolean nested(
            Kind kind,
            Map.Entry<String, JsonNode> field,
            Map<Relation, List<String>> binds,
            Map<Relation, List<ObjectNode>> children,
            Map<String, JsonNode> properties) {
        Relation relation = kind.property(field.getKey()) == null ? kind.relation(field.getKey()) : null;
        if (relation == null) {
            return false;
        }
        List<ObjectNode> objects = new ArrayList<>();
        JsonNode value = field.getValue();
        if (value.isObject()) {
            objects.add((ObjectNode) value);
        }
        for (JsonNode one : value.isArray() ? value : Json.array()) {
            if (!one.isObject()) {
                throw invalid(kind, relation.name());
            }
            objects.add((ObjectNode) one);
        }
        List<String> ids = objects.stream()
                .map(o -> o.hasNonNull("@odata.id")
                        ? idOf(o.path("@odata.id").asText())
                        : o.path("id").asText(""))
                .toList();
        switch (relation.form()) {
            case CHILDREN -> children.put(relation, objects);
            case STORED -> {
                if (ids.contains("")) {
                    children.put(relation, objects);
                } else if (!ids.isEmpty()) {
                    binds.put(relation, ids);
                }
            }
            case NAMED -> {
                if (!ids.isEmpty()) {
                    properties.put(relation.via(), Json.text(ids.get(0)));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What the object may have: the properties of its own type if the kind has several. */
    private Map<String, TypeRef> declared(Kind kind, @Nullable String sent, @Nullable Node node) {
        if (!kind.typed()) {
            return kind.properties();
        }
        Map<String, TypeRef> declared = schema.properties(plain(kind, sent, node));
        if (declared == null || !schema.descends(plain(kind, sent, node), kind.type())) {
            throw GraphRefusal.badQuery("The type '" + plain(kind, sent, node) + "' is not valid here.");
        }
        return declared;
    }

    private static String plain(Kind kind, @Nullable String sent, @Nullable Node node) {
        String stored = node == null ? null : node.entity().text("@odata.type");
        String type = sent == null ? stored : sent;
        return type == null
                ? kind.type()
                : type.substring(type.lastIndexOf('.') + 1).replace("#", "");
    }

    /** An object of a kind with derived types has the properties of its own type alone. */
    private void typed(
            Kind kind,
            Map<String, TypeRef> declared,
            @Nullable String sent,
            Set<String> properties,
            @Nullable Node node) {
        if (!kind.typed()) {
            return;
        }
        String stored = node == null ? null : node.entity().text("@odata.type");
        if (sent != null && stored != null && !sent.equalsIgnoreCase(stored)) {
            throw GraphRefusal.badQuery("The type of an existing object cannot be changed.");
        }
        String plain = plain(kind, sent, node);
        for (String name : properties) {
            if (!declared.containsKey(name) && schema.navigation(plain, name) == null) {
                throw GraphRefusal.badQuery("The property '" + name + "' does not exist on type 'microsoft.graph."
                        + plain + "'. Make sure to only use property names that are defined by the type.");
            }
        }
    }

    private void bind(
            Kind kind,
            String name,
            JsonNode value,
            Map<Relation, List<String>> binds,
            Map<String, JsonNode> properties) {
        Relation relation = kind.relation(name);
        if (relation != null && relation.form() == Relation.Form.NAMED && value.isTextual()) {
            properties.put(relation.via(), Json.text(idOf(value.asText())));
            return;
        }
        if (relation == null || !relation.writable()) {
            throw unknown(kind, name);
        }
        List<String> ids = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(url -> ids.add(idOf(url.asText())));
        } else {
            ids.add(idOf(value.asText()));
        }
        binds.put(relation, ids);
    }

    /** The id at the end of a reference's address. */
    static String idOf(String url) {
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        if (plain.contains("/") && last.regionMatches(true, 0, "microsoft.", 0, "microsoft.".length())) {
            return idOf(plain.substring(0, plain.lastIndexOf('/')));
        }
        int open = last.indexOf("('");
        return open >= 0 && last.endsWith("')") ? last.substring(open + 2, last.length() - 2) : last;
    }

    private void property(
            Kind kind,
            Map<String, TypeRef> declared,
            String sentName,
            JsonNode sent,
            @Nullable Node node,
            Map<String, JsonNode> properties) {
        String name = kind.properties().containsKey(sentName) ? sentName : kind.property(sentName);
        TypeRef type = name == null
                ? null
                : declared.getOrDefault(name, kind.properties().get(name));
        JsonNode value = type == null ? sent : spelling.of(sent, type);
        if (name == null) {
            if (kind.directoryObject() && EXTENSION.matcher(sentName).matches()) {
                extension(kind, sentName);
                properties.put(sentName, value);
                return;
            }
            Node extension = SchemaExtensions.definition(tenant, kind, sentName);
            if (extension != null && !SchemaExtensions.fits(extension, value)) {
                throw invalid(kind, sentName);
            }
            if (extension != null || kind.is("open") || tenant.later().has(kind, sentName)) {
                properties.put(sentName, value);
                return;
            }
            throw unknown(kind, sentName);
        }
        boolean key = name.equals(kind.keyedBy() == null ? "id" : kind.keyedBy());
        if (kind.readOnly(name) || (node != null && (key || kind.createOnly(name)))) {
            boolean repeated = node != null && value.equals(node.entity().get(name));
            if (repeated || (node == null && kind.is("forgiving"))) {
                return;
            }
            throw GraphRefusal.badRequest("Property '" + name + "' is read-only and cannot be set.");
        }
        if (type == null) {
            throw unknown(kind, sentName);
        }
        if (value.isNull() && node != null && kind.notClearable(name)) {
            throw invalid(kind, name);
        }
        boolean emptyText =
                value.isTextual() && value.asText().isEmpty() && type.name().equals("String") && kind.directoryObject();
        if (emptyText || misfit(name, value, type, node) || !among(kind.words(name), value)) {
            throw invalid(kind, name);
        }
        properties.put(name, value.isTextual() ? TextNode.valueOf(value.asText()) : value);
    }

    /** Whether a value does not fit its type; what it repeats of the stored one, which may come from elsewhere, fits. */
    private boolean misfit(String name, JsonNode value, TypeRef type, @Nullable Node node) {
        String problem = values.problem(name, value, type);
        JsonNode stored = problem == null || node == null ? null : node.entity().get(name);
        JsonNode rest = stored == null ? value : value.deepCopy();
        while (problem != null && stored != null && taken(rest, stored, problem.split("/"))) {
            problem = values.problem(name, rest, type);
        }
        return problem != null;
    }

    /** Takes a member out of what was sent if it is stored just so. */
    private static boolean taken(JsonNode sent, JsonNode stored, String[] path) {
        JsonNode one = sent;
        JsonNode other = stored;
        for (int i = 1; i < path.length - 1; i++) {
            one = one.path(path[i]);
            other = other.path(path[i]);
        }
        String last = path[path.length - 1];
        return path.length > 1
                && one instanceof ObjectNode holder
                && holder.has(last)
                && holder.get(last).equals(other.get(last))
                && holder.remove(last) != null;
    }

    private static boolean among(Set<String> words, JsonNode value) {
        return words.isEmpty() || value.isNull() || words.stream().anyMatch(value.asText()::equalsIgnoreCase);
    }

    private void extension(Kind kind, String name) {
        Node definition = tenant.findBy(Kinds.all().get("extensionProperties"), "name", name);
        if (definition == null || !definition.entity().holds("targetObjects", titled(kind))) {
            throw GraphRefusal.badRequest("The following extension properties are not available: " + name + ".");
        }
    }

    private static GraphRefusal unknown(Kind kind, String name) {
        return kind.service().equals("conditionalAccess")
                ? new GraphRefusal(400, "BadRequest", SCHEMA_1007)
                : GraphRefusal.badRequest(
                        "Property '" + name + "' does not exist as a declared property or extension property.");
    }

    private static GraphRefusal invalid(Kind kind, String name) {
        return kind.service().equals("conditionalAccess")
                ? new GraphRefusal(400, "BadRequest", SCHEMA_1007)
                : GraphRefusal.invalidValue(name, kind.type());
    }

    private static String titled(Kind kind) {
        return Character.toUpperCase(kind.type().charAt(0)) + kind.type().substring(1);
    }
}
