package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.Json;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Kinds;
import java.util.Map;
import java.util.Set;

/** What the service says about itself to everybody: its metadata document and the list of its collections. */
final class Description {

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
    private static final String ENTITY = "entity";
    private static final String XML = xml();

    private Description() {}

    /** {@code $metadata}. */
    static GraphResponse metadata() {
        return GraphResponse.text(200, "application/xml", XML).with("OData-Version", "4.0");
    }

    /** The service document. */
    static GraphResponse service(String root) {
        ObjectNode document = Json.object();
        document.put("@odata.context", root + "/$metadata");
        ArrayNode value = document.putArray("value");
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                if (!path.contains("/")) {
                    ObjectNode one = value.addObject().put("name", path);
                    if (kind.singleton()) {
                        one.put("kind", "Singleton");
                    }
                    one.put("url", path);
                }
            }
        }
        return GraphResponse.json(200, document);
    }

    private static String xml() {
        JsonNode schema = Json.resource("schema.json");
        JsonNode types = schema.path("types");
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        out.append(
                        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>")
                .append("<Schema Namespace=\"microsoft.graph\" Alias=\"graph\"")
                .append(" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">");
        schema.path("enums").properties().forEach(e -> enumeration(out, e.getKey(), e.getValue()));
        if (!types.has(ENTITY)) {
            out.append("<EntityType Name=\"entity\" Abstract=\"true\"><Key><PropertyRef Name=\"id\"/></Key>")
                    .append("<Property Name=\"id\" Type=\"Edm.String\" Nullable=\"false\"/></EntityType>");
        }
        types.properties().forEach(t -> type(out, types, schema.path("enums"), t.getKey(), t.getValue()));
        out.append("<EntityContainer Name=\"GraphService\">");
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                if (!path.contains("/")) {
                    String element = kind.singleton() ? "Singleton" : "EntitySet";
                    String attribute = kind.singleton() ? "Type" : "EntityType";
                    out.append('<')
                            .append(element)
                            .append(" Name=\"")
                            .append(path)
                            .append("\" ")
                            .append(attribute);
                    out.append("=\"microsoft.graph.").append(kind.type()).append("\"/>");
                }
            }
        }
        return out.append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>")
                .toString();
    }

    private static void enumeration(StringBuilder out, String name, JsonNode table) {
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

    private static boolean entity(JsonNode types, String name) {
        for (String at = name; !at.isEmpty(); at = types.path(at).path("base").asText()) {
            if (at.equals(ENTITY)) {
                return true;
            }
        }
        return false;
    }

    private static void type(StringBuilder out, JsonNode types, JsonNode enums, String name, JsonNode table) {
        boolean entity = entity(types, name);
        String element = entity ? "EntityType" : "ComplexType";
        out.append('<').append(element).append(" Name=\"").append(name).append('"');
        if (table.has("base")) {
            out.append(" BaseType=\"graph.").append(table.path("base").asText()).append('"');
        }
        out.append(table.path("open").asBoolean() ? " OpenType=\"true\">" : ">");
        if (name.equals(ENTITY)) {
            out.append("<Key><PropertyRef Name=\"id\"/></Key>");
        }
        for (Map.Entry<String, JsonNode> p : table.path("properties").properties()) {
            String text = p.getValue().asText();
            out.append("<Property Name=\"")
                    .append(p.getKey())
                    .append("\" Type=\"")
                    .append(edm(types, enums, text));
            out.append(text.endsWith("!") ? "\" Nullable=\"false\"/>" : "\"/>");
        }
        for (Map.Entry<String, JsonNode> n : table.path("navigation").properties()) {
            out.append("<NavigationProperty Name=\"").append(n.getKey()).append("\" Type=\"");
            out.append(edm(types, enums, n.getValue().asText())).append("\"/>");
        }
        out.append("</").append(element).append('>');
    }

    private static String edm(JsonNode types, JsonNode enums, String text) {
        String plain = text.replace("!", "");
        if (plain.startsWith("[")) {
            return "Collection(" + edm(types, enums, plain.substring(1, plain.length() - 1)) + ")";
        }
        if (PRIMITIVE.contains(plain)) {
            return "Edm." + plain;
        }
        return types.has(plain) || enums.has(plain) ? "graph." + plain : "Edm.ComplexType";
    }
}
