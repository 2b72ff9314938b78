package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.http.Lookup.Found;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.EmbeddedRows;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import io.tidemark.simulator.tenant.WriteContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers requests that change something. */
final class Writing {

    private final Clock clock;
    private final Lookup lookup;
    private final Reading reading;

    Writing(Clock clock, Lookup lookup, Reading reading) {
        this.clock = clock;
        this.lookup = lookup;
        this.reading = reading;
    }

    /** Runs a change as the request's. */
    <T> T change(Exchange exchange, Function<TenantWriter, T> work) {
        GraphRequest request = exchange.request();
        String path = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        WriteContext context = new WriteContext(
                exchange.caller(),
                clock.instant(),
                new WriteContext.Origin(
                        request.method(),
                        path,
                        request.header("client-request-id"),
                        request.requestId(),
                        request.address(),
                        request.header("User-Agent"),
                        hash(request.body())));
        return exchange.tenant().write(context, work);
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this machine has no SHA-256", e);
        }
    }

    /** POST to a table. */
    GraphResponse create(Exchange exchange) {
        Kind kind = exchange.route().mustKind();
        ObjectNode body = exchange.request().json();
        return change(exchange, writer -> created(exchange, writer, writer.create(kind, body)));
    }

    private GraphResponse created(Exchange exchange, TenantWriter writer, Node node) {
        int status = node.kind().answers("POST") == 0 ? 201 : node.kind().answers("POST");
        if (status == 204) {
            return GraphResponse.empty(204);
        }
        if (status == 202) {
            GraphRequest request = exchange.request();
            return GraphResponse.empty(202).with("Location", request.base() + request.path() + "/" + node.id());
        }
        byte[] shown = withRevealed(
                reading.entity(exchange, node, node.entity(), Projection.usual(exchange, node.kind())),
                writer.context().revealed());
        String path = node.kind().paths().isEmpty()
                ? node.kind().collection()
                : node.kind().paths().get(0);
        return GraphResponse.json(status, shown).with("Location", exchange.root() + "/" + path + "/" + node.id());
    }

    /** Secrets are told once, to whoever made them. */
    private static byte[] withRevealed(byte[] shown, ObjectNode revealed) {
        if (revealed.isEmpty()) {
            return shown;
        }
        try {
            ObjectNode whole = (ObjectNode) Json.mapper().readTree(shown);
            whole.setAll(revealed);
            return Json.bytes(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("an answer is no JSON", e);
        }
    }

    /** PATCH of an object, or creation by its alternate key. */
    GraphResponse update(Exchange exchange) {
        Route route = exchange.route();
        ObjectNode body = exchange.request().json();
        return change(exchange, writer -> {
            boolean creates = route.keyProperty() != null && exchange.request().prefers("create-if-missing");
            if (creates
                    && Lookup.find(exchange.tenant(), route.mustKind(), route.mustKey(), route.keyProperty()) == null) {
                body.put(route.keyProperty(), route.mustKey());
                return created(exchange, writer, writer.create(route.mustKind(), body));
            }
            Found found = lookup.item(exchange);
            if (route.keyProperty() != null) {
                body.remove(route.keyProperty());
            }
            if (!found.node().live()) {
                throw GraphRefusal.notFound(found.node().id());
            }
            writer.update(found.node(), body);
            int alone = body.size() == 1
                    ? found.node().kind().answers("PATCH " + body.fieldNames().next())
                    : 0;
            if (alone != 0) {
                writer.context().answer(alone);
                return GraphResponse.empty(alone);
            }
            return updated(exchange, writer, found.node());
        });
    }

    private GraphResponse updated(Exchange exchange, TenantWriter writer, Node node) {
        int status = node.kind().answers(exchange.request().method());
        if (status == 200 || exchange.request().prefers("return=representation")) {
            writer.context().answer(200);
            return GraphResponse.json(
                    200, reading.entity(exchange, node, node.entity(), Projection.usual(exchange, node.kind())));
        }
        writer.context().answer(status == 0 ? 204 : status);
        return GraphResponse.empty(status == 0 ? 204 : status);
    }

    /** PUT, PATCH or DELETE of a stream. */
    GraphResponse stream(Exchange exchange) {
        return new Streams(this, lookup).write(exchange);
    }

    /** DELETE of an object. */
    GraphResponse delete(Exchange exchange) {
        return change(exchange, writer -> {
            writer.bin().delete(present(exchange));
            return GraphResponse.empty(204);
        });
    }

    /** DELETE of a directory object of any kind. */
    GraphResponse deleteObject(Exchange exchange) {
        String key = exchange.route().mustKey();
        return change(exchange, writer -> {
            Node node = exchange.tenant().findAny(key);
            if (node == null || !node.live() || !node.kind().allows("DELETE")) {
                throw GraphRefusal.notFound(key);
            }
            writer.bin().delete(node);
            return GraphResponse.empty(204);
        });
    }

    Node present(Exchange exchange) {
        Node node = lookup.item(exchange).node();
        if (!node.live()) {
            throw GraphRefusal.notFound(node.id());
        }
        return node;
    }

    /** POST or PUT to a relation: a reference, or a new object. */
    GraphResponse link(Exchange exchange) {
        Relation relation = exchange.route().mustRelation();
        Kind rows = Kinds.all().get(relation.targets().get(0));
        boolean empty = exchange.request().body().length == 0 && rows.answers("POST") == 202;
        ObjectNode body = empty ? Json.object() : exchange.request().json();
        if (relation.rows()) {
            Kind kind = rows;
            if (relation.readOnly()) {
                throw notAllowed();
            }
            if (relation.single()) {
                return put(exchange, kind, relation, body);
            }
            if (!kind.allows("POST")) {
                throw notAllowed();
            }
            return change(
                    exchange,
                    writer -> created(exchange, writer, writer.create(kind, body, present(exchange), relation)));
        }
        JsonNode reference = body.get("@odata.id");
        if (relation.form() == Relation.Form.EMBEDDED) {
            return embed(exchange, relation, body);
        }
        if (!relation.creates().isEmpty() && exchange.route().suffix() == Route.Suffix.NONE) {
            return createInside(exchange, relation, body);
        }
        if (!relation.writable() || exchange.route().suffix() != Route.Suffix.REF) {
            throw notAllowed();
        }
        if (reference == null || !reference.isTextual()) {
            throw GraphRefusal.badQuery("Entity reference must carry '@odata.id'.");
        }
        return change(exchange, writer -> {
            writer.links().add(present(exchange), relation, reference.asText());
            return GraphResponse.empty(204);
        });
    }

    /** An element of a list within a property: named by reference, or told whole. */
    private GraphResponse embed(Exchange exchange, Relation relation, ObjectNode body) {
        boolean named = exchange.route().suffix() == Route.Suffix.REF;
        String id = body.path("@odata.id").asText("");
        String reference = named ? id.substring(id.lastIndexOf('/') + 1) : null;
        return change(exchange, writer -> {
            Node made = EmbeddedRows.add(writer, present(exchange), relation, body, reference);
            return named ? GraphResponse.empty(204) : created(exchange, writer, made);
        });
    }

    /** A new object that becomes the end of a link at once. */
    private GraphResponse createInside(Exchange exchange, Relation relation, ObjectNode body) {
        Kind kind = Kinds.all().ofType(body.path("@odata.type").asText());
        if (kind == null || !relation.creates().contains(kind.collection())) {
            throw GraphRefusal.badRequest(
                    "A type annotation of a permitted type is required to create an object here.");
        }
        return change(exchange, writer -> {
            Node node = writer.create(kind, body);
            writer.links().add(present(exchange), relation, node.id());
            writer.context().answer(201);
            return created(exchange, writer, node);
        });
    }

    /** PUT or PATCH of the only object under another one, which may not be there yet. */
    private GraphResponse put(Exchange exchange, Kind kind, Relation relation, ObjectNode body) {
        if (!kind.allows("POST") && !kind.allows("PATCH") && !kind.allows("PUT")) {
            throw notAllowed();
        }
        return change(exchange, writer -> {
            Node owner = present(exchange);
            List<Node> there = owner.targets(relation.via());
            boolean posted = exchange.request().method().equals("POST");
            if (posted && !there.isEmpty()) {
                throw GraphRefusal.conflict(relation.name());
            }
            if (there.isEmpty()) {
                Node made = writer.create(kind, body, owner, relation);
                if (posted) {
                    return created(exchange, writer, made);
                }
                writer.context().answer(204);
                return GraphResponse.empty(204);
            }
            writer.update(there.get(0), body);
            return updated(exchange, writer, there.get(0));
        });
    }

    /** DELETE of a reference, or of a row. */
    GraphResponse unlink(Exchange exchange) {
        Route route = exchange.route();
        Relation relation = route.mustRelation();
        String member = route.member() == null ? referenced(exchange) : route.member();
        return change(exchange, writer -> {
            if (relation.rows()) {
                Node row = reading.relatedNode(exchange);
                if (!row.kind().allows("DELETE")) {
                    throw notAllowed();
                }
                writer.bin().delete(row);
            } else if (relation.form() == Relation.Form.EMBEDDED && member != null) {
                EmbeddedRows.remove(writer, present(exchange), relation, member);
            } else if (!relation.writable()) {
                throw notAllowed();
            } else if (relation.single()) {
                writer.links().clear(present(exchange), relation);
            } else if (member == null) {
                throw notAllowed();
            } else if (route.suffix() == Route.Suffix.REF) {
                writer.links().remove(present(exchange), relation, member);
            } else {
                // Without $ref the address means the object at the other end.
                writer.bin().delete(reading.relatedNode(exchange));
            }
            return GraphResponse.empty(204);
        });
    }

    private static @Nullable String referenced(Exchange exchange) {
        String id = exchange.request().options().get("id");
        return id == null ? null : id.substring(id.lastIndexOf('/') + 1);
    }

    /** PATCH of a row or child. */
    GraphResponse updateRelated(Exchange exchange) {
        ObjectNode body = exchange.request().json();
        Relation relation = exchange.route().mustRelation();
        if (exchange.route().suffix() == Route.Suffix.REF) {
            throw notAllowed();
        }
        if (relation.single() && relation.rows()) {
            return put(exchange, Kinds.all().get(relation.targets().get(0)), relation, body);
        }
        Kind kind = Kinds.all().get(relation.targets().get(0));
        String member = exchange.route().member();
        return change(exchange, writer -> {
            boolean creates = member != null
                    && relation.form() == Relation.Form.CHILDREN
                    && !kind.alternateKeys().isEmpty()
                    && exchange.request().prefers("create-if-missing");
            if (creates && lookup.reach(exchange.tenant(), exchange.route()) == null) {
                body.put(kind.alternateKeys().get(0), member);
                return created(exchange, writer, writer.create(kind, body, present(exchange), relation));
            }
            Node node = reading.relatedNode(exchange);
            if (!node.kind().allows(exchange.request().method()) && !node.kind().allows("PATCH")) {
                throw notAllowed();
            }
            writer.update(node, body);
            return updated(exchange, writer, node);
        });
    }

    /** Brings an object back. */
    GraphResponse restore(Exchange exchange) {
        ObjectNode body = exchange.request().body().length == 0
                ? Json.object()
                : exchange.request().json();
        JsonNode name = body.get("newUserPrincipalName");
        return change(exchange, writer -> {
            Node node = deleted(exchange);
            writer.bin().restore(node, name == null || name.isNull() ? null : name.asText());
            return GraphResponse.json(200, binned(exchange, node));
        });
    }

    /** Removes an object for good. */
    GraphResponse purge(Exchange exchange) {
        return change(exchange, writer -> {
            writer.bin().purge(deleted(exchange));
            return GraphResponse.empty(204);
        });
    }

    /** An object of a recycle bin. */
    GraphResponse binItem(Exchange exchange) {
        return exchange.tenant().read(() -> GraphResponse.json(200, binned(exchange, deleted(exchange))));
    }

    /** The object in the bin that the route names. */
    Node deleted(Exchange exchange) {
        String key = exchange.route().mustKey();
        Kind kind = exchange.route().kind();
        Node node = kind == null
                ? exchange.tenant().findAny(key)
                : exchange.tenant().find(kind, key);
        if (node == null || node.state() != Node.State.DELETED) {
            throw GraphRefusal.notFound(key);
        }
        return node;
    }

    private byte[] binned(Exchange exchange, Node node) {
        boolean objects = node.kind().directoryObject();
        Projection projection = Projection.lenient(
                exchange.tenant(),
                node.kind(),
                exchange.options().select() == null
                        ? Listing.withDeleted(node.kind())
                        : exchange.options().select());
        return ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField(
                    "@odata.context",
                    exchange.context(
                            objects
                                    ? "directoryObjects/$entity"
                                    : node.kind().paths().get(0) + "/$entity"));
            projection.write(out, node.entity(), objects);
            out.writeEndObject();
        });
    }

    static GraphRefusal notAllowed() {
        return new GraphRefusal(
                405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
    }
}
