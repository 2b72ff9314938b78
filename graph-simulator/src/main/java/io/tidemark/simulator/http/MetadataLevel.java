package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.kind.Schema.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much an answer says about itself. */
enum MetadataLevel {
    /** Nothing but values and links to go on. */
    NONE,
    /** What cannot be computed. */
    MINIMAL,
    /** Types, ids and links of everything. */
    FULL;

    private static final Set<String> PLAIN = Set.of("String", "Boolean", "Int32", "Int16", "Byte", "Double", "Stream");
    private static final Set<String> KEPT = Set.of(
            "@odata.nextLink", "@odata.deltaLink", "@odata.count", "@removed", "@odata.id", "@microsoft.graph.tips");

    /** The level that a request asks for. */
    static MetadataLevel of(GraphRequest request) {
        String accept = request.header("Accept");
        String format = request.options().get("format");
        String asked = ((accept == null ? "" : accept) + ";" + (format == null ? "" : format))
                .toLowerCase(Locale.ROOT)
                .replace(" ", "");
        if (asked.contains("odata.metadata=none") || asked.contains("odata=nometadata")) {
            return NONE;
        }
        return asked.contains("odata.metadata=full") || asked.contains("odata=fullmetadata") ? FULL : MINIMAL;
    }

    /** The answer at this level. */
    GraphResponse of(Exchange exchange, GraphResponse response) {
        if (this == MINIMAL || !response.isJson() || response.body().length == 0) {
            return response;
        }
        try {
            JsonNode body = Json.mapper().readTree(response.body());
            if (this == NONE) {
                strip(body);
            } else if (response.status() < 300) {
                describe(exchange, body);
            }
            GraphResponse level = new GraphResponse(response.status(), response.headers(), Json.bytes(body));
            return level.with("Content-Type", GraphResponse.JSON.replace("minimal", name().toLowerCase(Locale.ROOT)));
        } catch (IOException e) {
            throw new UncheckedIOException("an answer is not JSON", e);
        }
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> gone = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (name.contains("@odata.") && !KEPT.contains(name)) {
                    gone.add(name);
                }
            });
            object.remove(gone);
        }
        node.forEach(MetadataLevel::strip);
    }

    private static void describe(Exchange exchange, JsonNode body) {
        Kind kind = kind(exchange);
        if (body.path("value").isArray()) {
            for (JsonNode item : body.path("value")) {
                if (item instanceof ObjectNode object) {
                    describe(exchange, object, kind);
                }
            }
        } else if (body instanceof ObjectNode object) {
            describe(exchange, object, kind);
        }
    }

    /** The kind of what an answer tells, as far as the route says it. */
    static @Nullable Kind kind(Exchange exchange) {
        Route route = exchange.route();
        Relation relation = route.relation();
        return relation != null && route.name() == null
                ? Kinds.all().get(relation.targets().get(0))
                : route.kind();
    }

    private static void describe(Exchange exchange, ObjectNode object, @Nullable Kind usual) {
        JsonNode typed = object.get("@odata.type");
        Kind named = typed == null ? null : Kinds.all().ofType(typed.asText());
        Kind kind = named == null ? usual : named;
        if (kind == null || !object.has("id") || object.has("@removed")) {
            return;
        }
        String id = object.path("id").asText();
        String place = place(kind, id);
        ObjectNode described = Json.object();
        if (object.has("@odata.context")) {
            described.set("@odata.context", object.get("@odata.context"));
        }
        described.put("@odata.type", typed == null ? "#" + kind.typeName() : typed.asText());
        described.put(
                "@odata.id",
                exchange.request().base() + "/v2/" + exchange.tenant().id() + "/" + place);
        described.put("@odata.editLink", place);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            TypeRef type = kind.properties().get(member.getKey());
            String annotation = type == null || member.getValue().isNull() ? null : annotation(type);
            if (annotation != null) {
                described.put(member.getKey() + "@odata.type", annotation);
            }
            if (!described.has(member.getKey())) {
                described.set(member.getKey(), member.getValue());
            }
        }
        for (Relation relation : kind.relations()) {
            described.put(
                    relation.name() + "@odata.associationLink",
                    exchange.root() + "/" + place + "/" + relation.name() + "/$ref");
            described.put(
                    relation.name() + "@odata.navigationLink", exchange.root() + "/" + place + "/" + relation.name());
        }
        object.removeAll();
        object.setAll(described);
    }

    private static String place(Kind kind, String id) {
        if (kind.directoryObject()) {
            return "directoryObjects/" + id + "/Microsoft.DirectoryServices."
                    + Character.toUpperCase(kind.type().charAt(0))
                    + kind.type().substring(1);
        }
        String path = kind.paths().isEmpty() ? kind.collection() : kind.paths().get(0);
        return kind.singleton() ? path : path + "('" + id + "')";
    }

    private static @Nullable String annotation(TypeRef type) {
        boolean declared =
                Schema.v1().properties(type.name()) != null || Schema.v1().enumeration(type.name()) != null;
        String name = declared ? "microsoft.graph." + type.name() : type.name();
        if (type.many()) {
            return "#Collection(" + name + ")";
        }
        return PLAIN.contains(type.name()) ? null : "#" + name;
    }
}
