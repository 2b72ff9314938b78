package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Photo;
import java.util.Base64;
import java.util.Locale;

/** Takes streams: logos, pictures of the branding, photos. */
final class Streams {

    private final Writing writing;
    private final Lookup lookup;

    Streams(Writing writing, Lookup lookup) {
        this.writing = writing;
        this.lookup = lookup;
    }

    /** PUT, PATCH or DELETE of a stream. */
    GraphResponse write(Exchange exchange) {
        Route route = exchange.route();
        Schema.TypeRef type = route.mustKind().properties().get(String.valueOf(route.name()));
        if (type == null || !type.name().equals("Stream")) {
            throw Writing.notAllowed();
        }
        Route photo = route.mustKind().type().equals(Photo.TYPE) ? route.owner() : null;
        if (exchange.request().method().equals("DELETE")) {
            if (photo == null) {
                throw Writing.notAllowed();
            }
            return removePhoto(exchange, photo);
        }
        return photo == null ? put(exchange) : putPhoto(exchange, photo);
    }

    private static ObjectNode sent(Exchange exchange) {
        ObjectNode stream = Json.object();
        String mediaType = exchange.request().header("Content-Type");
        stream.put("type", mediaType == null ? "application/octet-stream" : mediaType);
        stream.put(
                "bytes", Base64.getEncoder().encodeToString(exchange.request().body()));
        return stream;
    }

    private GraphResponse put(Exchange exchange) {
        if (!exchange.request().method().equals("PUT")) {
            throw Writing.notAllowed();
        }
        ObjectNode stream = sent(exchange);
        String name = String.valueOf(exchange.route().name());
        String address = name + "RelativeUrl";
        return writing.change(exchange, writer -> {
            Node node = writing.present(exchange);
            writer.set(node, name, stream);
            if (node.kind().properties().containsKey(address)) {
                writer.set(
                        node,
                        address,
                        address(node, name, writer.context().time().toEpochMilli()));
            }
            return GraphResponse.empty(204);
        });
    }

    /** Where browsers find a picture of the branding. A new picture has a new address. */
    private static JsonNode address(Node node, String name, long moment) {
        String locale = node.id().substring(node.id().lastIndexOf('/') + 1);
        return Json.text("logintenantbranding/" + locale + "/" + name.toLowerCase(Locale.ROOT) + "?ts=" + moment);
    }

    private GraphResponse putPhoto(Exchange exchange, Route owner) {
        Relation relation = stored(owner);
        Kind kind = exchange.route().mustKind();
        ObjectNode measured = Photo.measured(exchange.request().body());
        ObjectNode stream = sent(exchange);
        return writing.change(exchange, writer -> {
            Node former = lookup.reach(exchange.tenant(), owner);
            if (former != null) {
                writer.bin().delete(former);
            }
            Node made = writer.create(kind, measured, lookup.owner(exchange.tenant(), owner), relation);
            writer.set(made, "content", stream);
            writer.context().answer(200);
            return GraphResponse.empty(200);
        });
    }

    private GraphResponse removePhoto(Exchange exchange, Route owner) {
        stored(owner);
        return writing.change(exchange, writer -> {
            writer.bin().delete(lookup.reached(exchange.tenant(), owner));
            writer.context().answer(200);
            return GraphResponse.empty(200);
        });
    }

    /** Sizes follow from the photo that is kept; only that one is written. */
    private static Relation stored(Route owner) {
        Relation relation = owner.mustRelation();
        if (!relation.rows()) {
            throw Writing.notAllowed();
        }
        return relation;
    }
}
