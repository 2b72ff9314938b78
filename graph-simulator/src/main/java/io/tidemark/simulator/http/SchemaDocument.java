package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.LaterProperties.Later;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes the metadata document: the types of the kinds, where they are served, and what can be called on them. */
final class SchemaDocument {

    private static final String SPACE = "microsoft.graph";
    private static final String ENTITY = "entity";
    private static final Set<String> PRIMITIVE = Set.of(
            "String",
            "Boolean",
            "Byte",
            "Int16",
            "Int32",
            "Int64",
            "Double",
            "Single",
            "Decimal",
            "DateTimeOffset",
            "Date",
            "TimeOfDay",
            "Duration",
            "Guid",
            "Binary",
            "Stream");

    private final ObjectNode types = Json.object();
    private final ObjectNode enums = Json.object();
    private final Map<String, String> spaces = new LinkedHashMap<>();
    private final JsonNode more = Json.resource("description.json");
    private final Map<String, StringBuilder> bodies = new TreeMap<>();

    private SchemaDocument(Collection<Later> later) {
        JsonNode schema = Json.resource("schema.json");
        types.setAll((ObjectNode) schema.path("types"));
        more.path("types").properties().forEach(type -> types.set(type.getKey(), type.getValue()));
        enums.setAll((ObjectNode) schema.path("enums"));
        more.path("enums").properties().forEach(one -> enums.set(one.getKey(), one.getValue()));
        more.path("namespaces")
                .properties()
                .forEach(space ->
                        space.getValue().forEach(name -> spaces.put(name.asText(), SPACE + "." + space.getKey())));
        later.forEach(property -> {
            ObjectNode type = types.path(property.type()).deepCopy();
            type.withObject("properties").put(property.name(), property.of());
            types.set(property.type(), type);
        });
    }

    /** The document as XML, with what came later. */
    static String xml(Collection<Later> later) {
        return new SchemaDocument(later).document();
    }

    private String document() {
        enums.properties().forEach(one -> enumeration(one.getKey(), one.getValue()));
        if (!types.has(ENTITY)) {
            body(ENTITY)
                    .append("<EntityType Name=\"entity\" Abstract=\"true\"><Key><PropertyRef Name=\"id\"/></Key>")
                    .append("<Property Name=\"id\" Type=\"Edm.String\" Nullable=\"false\"/></EntityType>");
        }
        types.properties().forEach(type -> type(type.getKey(), type.getValue()));
        more.path("operations").forEach(this::operation);
        container();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        out.append("<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">")
                .append("<edmx:DataServices>");
        bodies.forEach((space, body) -> out.append("<Schema Namespace=\"")
                .append(space)
                .append(space.equals(SPACE) ? "\" Alias=\"graph" : "")
                .append("\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">")
                .append(body)
                .append("</Schema>"));
        return out.append("</edmx:DataServices></edmx:Edmx>").toString();
    }

    private StringBuilder body(String type) {
        return bodies.computeIfAbsent(spaces.getOrDefault(type, SPACE), space -> new StringBuilder());
    }

    private void enumeration(String name, JsonNode table) {
        StringBuilder out = body(name);
        boolean flags = table.path("flags").asBoolean();
        out.append("<EnumType Name=\"").append(name).append(flags ? "\" IsFlags=\"true\">" : "\">");
        int index = 0;
        for (JsonNode member : table.path("members")) {
            long value = flags ? 1L << index : index;
            out.append("<Member Name=\"").append(member.asText()).append("\" Value=\"");
            out.append(value).append("\"/>");
            index++;
        }
        out.append("</EnumType>");
    }

    private boolean entity(String name) {
        for (String at = name; !at.isEmpty(); at = types.path(at).path("base").asText()) {
            if (at.equals(ENTITY) || more.path("keys").has(at)) {
                return true;
            }
        }
        return false;
    }

    private void type(String name, JsonNode table) {
        StringBuilder out = body(name);
        String element = entity(name) ? "EntityType" : "ComplexType";
        out.append('<').append(element).append(" Name=\"").append(name).append('"');
        if (table.has("base")) {
            out.append(" BaseType=\"")
                    .append(qualified(table.path("base").asText()))
                    .append('"');
        }
        out.append(listed(more.path("abstract"), name) ? " Abstract=\"true\"" : "");
        out.append(table.path("open").asBoolean() ? " OpenType=\"true\">" : ">");
        String key = name.equals(ENTITY) ? "id" : more.path("keys").path(name).asText();
        if (!key.isEmpty()) {
            out.append("<Key><PropertyRef Name=\"").append(key).append("\"/></Key>");
        }
        for (Map.Entry<String, JsonNode> property : table.path("properties").properties()) {
            String text = property.getValue().asText();
            boolean required = text.endsWith("!") || property.getKey().equals(key);
            typed(out.append("<Property Name=\"").append(property.getKey()), text)
                    .append(required ? " Nullable=\"false\"/>" : "/>");
        }
        for (Map.Entry<String, JsonNode> leads : table.path("navigation").properties()) {
            typed(
                    out.append("<NavigationProperty Name=\"").append(leads.getKey()),
                    leads.getValue().asText());
            out.append(listed(more.path("contained").path(name), leads.getKey()) ? " ContainsTarget=\"true\"/>" : "/>");
        }
        out.append("</").append(element).append('>');
    }

    private static boolean listed(JsonNode names, String wanted) {
        for (JsonNode name : names) {
            if (name.asText().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private void operation(JsonNode table) {
        String element = table.path("function").asBoolean() ? "Function" : "Action";
        String space = table.path("in").asText();
        StringBuilder out =
                bodies.computeIfAbsent(space.isEmpty() ? SPACE : SPACE + "." + space, name -> new StringBuilder());
        out.append('<')
                .append(element)
                .append(" Name=\"")
                .append(table.path("name").asText())
                .append("\" IsBound=\"true\"")
                .append(table.path("composable").asBoolean() ? " IsComposable=\"true\"" : "");
        if (table.has("set")) {
            out.append(" EntitySetPath=\"").append(table.path("set").asText()).append('"');
        }
        typed(
                        out.append("><Parameter Name=\"bindingParameter"),
                        table.path("on").asText())
                .append("/>");
        for (Map.Entry<String, JsonNode> parameter : table.path("takes").properties()) {
            String text = parameter.getValue().asText();
            typed(out.append("<Parameter Name=\"").append(parameter.getKey()), text)
                    .append(text.endsWith("!") ? " Nullable=\"false\"/>" : "/>");
        }
        if (table.has("gives")) {
            String text = table.path("gives").asText();
            out.append("<ReturnType Type=\"").append(edm(text)).append('"');
            out.append(text.endsWith("!") ? " Nullable=\"false\"/>" : "/>");
        }
        out.append("</").append(element).append('>');
    }

    private void container() {
        StringBuilder out = body(ENTITY).append("<EntityContainer Name=\"GraphService\">");
        more.path("singletons")
                .properties()
                .forEach(root -> out.append("<Singleton Name=\"")
                        .append(root.getKey())
                        .append("\" Type=\"")
                        .append(full(root.getValue().asText()))
                        .append("\"/>"));
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                if (!path.contains("/")) {
                    out.append(kind.singleton() ? "<Singleton Name=\"" : "<EntitySet Name=\"")
                            .append(path)
                            .append(kind.singleton() ? "\" Type=\"" : "\" EntityType=\"")
                            .append(full(kind.type()))
                            .append("\"/>");
                }
            }
        }
        out.append("</EntityContainer>");
    }

    /** Closes the name that was begun and writes the type. */
    private StringBuilder typed(StringBuilder out, String text) {
        return out.append("\" Type=\"").append(edm(text)).append('"');
    }

    private String edm(String text) {
        String plain = text.replace("!", "");
        if (plain.startsWith("[")) {
            return "Collection(" + edm(plain.substring(1, plain.length() - 1)) + ")";
        }
        if (PRIMITIVE.contains(plain)) {
            return "Edm." + plain;
        }
        return types.has(plain) || enums.has(plain) || plain.equals(ENTITY) ? qualified(plain) : "Edm.ComplexType";
    }

    private String qualified(String type) {
        return spaces.containsKey(type) ? full(type) : "graph." + type;
    }

    /** With the whole namespace, as Graph writes what its container holds. */
    private String full(String type) {
        return spaces.getOrDefault(type, SPACE) + "." + type;
    }
}
