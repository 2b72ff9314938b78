package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.http.Lookup.Found;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers reads of single objects and of what they reach. */
final class Reading {

    private static final int MOST_EXPANDED = 20;

    private final Lookup lookup;
    private final Listing listing;

    Reading(Lookup lookup, Listing listing) {
        this.lookup = lookup;
        this.listing = listing;
    }

    /** One object. */
    GraphResponse item(Exchange exchange) {
        Kind kind = exchange.route().mustKind();
        Projection projection = Projection.of(exchange, false).permitted(exchange.caller(), false);
        checkExpand(kind, exchange.options());
        return exchange.tenant().read(() -> {
            Found found = lookup.item(exchange);
            return GraphResponse.json(200, entity(exchange, found.node(), found.entity(), projection));
        });
    }

    static void checkExpand(Kind kind, Options options) {
        int many = options.expand().size();
        if (kind.directoryObject() && many > 1) {
            throw GraphRefusal.badQuery("The result of parsing $expand contained at least " + many
                    + " items, but the maximum allowed is 1.");
        }
        if (kind.directoryObject()
                && options.expand().values().stream().anyMatch(e -> !e.inner().isEmpty())) {
            throw GraphRefusal.unsupportedQuery("Nested $expand is not supported.");
        }
        for (String name : options.expand().keySet()) {
            if (kind.relation(name) == null) {
                throw GraphRefusal.badQuery("Parsing OData Select and Expand failed: Could not find a property named '"
                        + name + "' on type 'microsoft.graph." + kind.type() + "'.");
            }
        }
    }

    /** One object as its own document. */
    byte[] entity(Exchange exchange, Node node, Entity entity, Projection projection) {
        Kind kind = node.kind();
        return ListWriter.bytes(out -> {
            out.writeStartObject();
            String names = projection.selected() ? "(" + String.join(",", projection.names()) + ")" : "";
            String path =
                    kind.paths().isEmpty() ? kind.collection() : kind.paths().get(0);
            out.writeStringField(
                    "@odata.context", exchange.context(path + names + (kind.singleton() ? "" : "/$entity")));
            projection.write(out, entity, false);
            expand(out, exchange, node, exchange.options());
            out.writeEndObject();
        });
    }

    /** Writes the expanded relations of an object. */
    void expand(JsonGenerator out, Exchange exchange, Node node, Options options) throws IOException {
        expand(out, exchange, node, options.expand());
    }

    private void expand(JsonGenerator out, Exchange exchange, Node node, Map<String, Expansion> asked)
            throws IOException {
        Map<String, Expansion> wanted = new LinkedHashMap<>(asked);
        for (Relation relation : node.kind().relations()) {
            if (relation.inline() && wanted.keySet().stream().noneMatch(relation.name()::equalsIgnoreCase)) {
                wanted.put(relation.name(), Expansion.PLAIN);
            }
        }
        for (Map.Entry<String, Expansion> expanded : wanted.entrySet()) {
            Relation relation = node.kind().relation(expanded.getKey());
            if (relation != null) {
                expand(out, exchange, node, relation, expanded.getValue());
            }
        }
    }

    private void expand(JsonGenerator out, Exchange exchange, Node node, Relation relation, Expansion expansion)
            throws IOException {
        List<Node> reached = hidden(exchange, node.entity(), relation.name())
                ? List.of()
                : lookup.related(exchange.tenant(), node, relation, null);
        if (relation.single()) {
            if (!reached.isEmpty()) {
                out.writeFieldName(relation.name());
                one(out, exchange, reached.get(0), relation, expansion);
            } else if (!relation.inline() && !node.kind().directoryObject()) {
                out.writeNullField(relation.name());
            }
            return;
        }
        out.writeArrayFieldStart(relation.name());
        int most = node.kind().directoryObject() ? MOST_EXPANDED : Integer.MAX_VALUE;
        most = expansion.top() > 0 ? Math.min(most, expansion.top()) : most;
        for (Node other : reached) {
            boolean matches = expansion.filter() == null
                    || FilterParser.parse(other.kind(), expansion.filter()).test(other, other.entity());
            if (matches && most-- > 0) {
                one(out, exchange, other, relation, expansion);
            }
        }
        out.writeEndArray();
    }

    private void one(JsonGenerator out, Exchange exchange, Node node, Relation relation, Expansion expansion)
            throws IOException {
        out.writeStartObject();
        (expansion.select() == null
                        ? Projection.usual(exchange, node.kind())
                        : Projection.lenient(exchange.tenant(), node.kind(), expansion.select()))
                .permitted(exchange.caller(), true)
                .write(out, node.entity(), node.kind().directoryObject());
        expand(out, exchange, node, expansion.inner());
        if (expansion.levels() > 1 && node.kind().relation(relation.name()) != null) {
            expand(out, exchange, node, relation, expansion.deeper());
        }
        out.writeEndObject();
    }

    /** One property. */
    GraphResponse property(Exchange exchange) {
        String name = String.valueOf(exchange.route().name());
        return exchange.tenant().read(() -> {
            Found found = lookup.item(exchange);
            JsonNode value = found.entity().get(name);
            Schema.TypeRef type = exchange.route().mustKind().properties().get(name);
            if (type != null && type.name().equals("Stream")) {
                return stream(value, name);
            }
            if (value == null || value.isNull()) {
                return GraphResponse.empty(204);
            }
            Kind kind = exchange.route().mustKind();
            if (exchange.request().path().toLowerCase(Locale.ROOT).endsWith("/$value")) {
                String text = value.isValueNode() ? value.asText() : Json.write(value);
                return GraphResponse.text(200, "text/plain", kind.secret(name) ? "" : text);
            }
            var body = Json.object();
            String path =
                    kind.paths().isEmpty() ? kind.collection() : kind.paths().get(0);
            body.put(
                    "@odata.context",
                    exchange.context(path + "('" + found.node().id() + "')/" + name));
            if (value instanceof ObjectNode members && !kind.secret(name)) {
                body.setAll(members);
            } else {
                body.set("value", kind.secret(name) ? Json.text(null) : value);
            }
            return GraphResponse.json(200, body);
        });
    }

    private static GraphResponse stream(@Nullable JsonNode value, String name) {
        if (value == null || !value.isObject()) {
            throw GraphRefusal.notFound(name);
        }
        return new GraphResponse(
                200,
                Map.of("Content-Type", value.path("type").asText()),
                Base64.getDecoder().decode(value.path("bytes").asText()));
    }

    /** What a relation reaches: a list, one object, references or a number. */
    GraphResponse relation(Exchange exchange) {
        Route route = exchange.route();
        Relation relation = route.mustRelation();
        return exchange.tenant().read(() -> {
            Found found = lookup.item(exchange);
            List<Node> reached = hidden(exchange, found.entity(), relation.name())
                    ? List.of()
                    : lookup.related(exchange.tenant(), found.node(), relation, route.cast());
            if (relation.single()) {
                if (reached.isEmpty()) {
                    throw Lookup.missing(route);
                }
                return single(exchange, reached.get(0));
            }
            return listing.links(exchange, reached, this);
        });
    }

    /** Members of what hides them are seen with a permission of their own only. */
    static boolean hidden(Exchange exchange, Entity owner, String name) {
        return "HiddenMembership".equals(owner.text("visibility"))
                && (name.equals("members") || name.equals("transitiveMembers"))
                && !exchange.caller().permissions().contains("Member.Read.Hidden");
    }

    /** The relations of which the caller may see the ends. */
    static List<Relation> visible(Exchange exchange, Node node, List<Relation> relations) {
        return relations.stream()
                .filter(relation -> !hidden(exchange, node.entity(), relation.name()))
                .toList();
    }

    /** The context of a list that a cast narrows to one kind. */
    static String named(Kind kind, Options options) {
        return kind.paths().get(0) + (options.select() == null ? "" : "(" + String.join(",", options.select()) + ")");
    }

    private static GraphResponse single(Exchange exchange, Node node) {
        if (exchange.route().suffix() == Suffix.REF) {
            var body = Json.object();
            body.put("@odata.context", exchange.context("$ref"));
            body.put("@odata.id", reference(exchange, node));
            return GraphResponse.json(200, body);
        }
        Projection projection = Projection.lenient(exchange, node.kind()).permitted(exchange.caller(), false);
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("@odata.context", exchange.context("directoryObjects/$entity"));
            projection.write(out, node.entity(), node.kind().directoryObject());
            out.writeEndObject();
        }));
    }

    static String reference(Exchange exchange, Node node) {
        return exchange.root() + "/directoryObjects/" + node.id() + "/Microsoft.DirectoryServices."
                + Character.toUpperCase(node.kind().type().charAt(0))
                + node.kind().type().substring(1);
    }

    /** Objects that a function found. */
    GraphResponse nodes(Exchange exchange, List<Node> found) {
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField(
                    "@odata.context",
                    exchange.context(exchange.route().mustKind().collection()));
            out.writeArrayFieldStart("value");
            for (Node node : found) {
                out.writeStartObject();
                Projection.lenient(exchange, node.kind())
                        .permitted(exchange.caller(), false)
                        .write(out, node.entity(), node.kind().directoryObject());
                expand(out, exchange, node, exchange.options());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    /** One object that a relation reaches. */
    GraphResponse relatedItem(Exchange exchange) {
        Route route = exchange.route();
        return exchange.tenant().read(() -> {
            if (hidden(
                    exchange,
                    lookup.item(exchange).entity(),
                    route.mustRelation().name())) {
                throw GraphRefusal.notFound(route.mustKey());
            }
            Node node = relatedNode(exchange);
            Projection projection = Projection.lenient(exchange, node.kind()).permitted(exchange.caller(), false);
            return route.suffix() == Suffix.REF
                    ? single(exchange, node)
                    : GraphResponse.json(200, entity(exchange, node, node.entity(), projection));
        });
    }

    /** The object that the route's relation and member key name. */
    Node relatedNode(Exchange exchange) {
        return lookup.reached(exchange.tenant(), exchange.route());
    }

    /** A directory object of any kind. */
    GraphResponse object(Exchange exchange) {
        String key = exchange.route().mustKey();
        return exchange.tenant().read(() -> {
            Node node = exchange.tenant().findAny(key);
            Entity seen = node == null ? null : lookup.seen(exchange.tenant(), node);
            if (node == null || seen == null) {
                Lookup.identifier(key);
                throw GraphRefusal.notFound(key);
            }
            return single(exchange, node);
        });
    }
}
