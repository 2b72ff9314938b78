package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers Graph's functions and actions. */
final class Operations {

    private static final int MOST_CHECKED = 20;
    private static final int MOST_IDS = 1000;

    private final Lookup lookup;
    private final Writing writing;

    Operations(Lookup lookup, Writing writing) {
        this.lookup = lookup;
        this.writing = writing;
    }

    /** An operation on one object. */
    GraphResponse item(Exchange exchange) {
        String name = String.valueOf(exchange.route().name());
        return switch (name) {
            case "addpassword" ->
                writing.change(exchange, writer -> {
                    ObjectNode answer = writer.secrets()
                            .add(node(exchange), exchange.request().json().path("passwordCredential"));
                    answer.put("@odata.context", exchange.context("microsoft.graph.passwordCredential"));
                    return GraphResponse.json(200, answer);
                });
            case "removepassword" ->
                writing.change(exchange, writer -> {
                    writer.secrets()
                            .remove(
                                    node(exchange),
                                    exchange.request().json().path("keyId").asText());
                    return GraphResponse.empty(204);
                });
            case "updateallowedcombinations" ->
                writing.change(exchange, writer -> {
                    Node node = node(exchange);
                    JsonNode wanted = exchange.request().json().path("allowedCombinations");
                    JsonNode previous = writer.secrets().combinations(node, wanted);
                    ObjectNode body = Json.object();
                    body.put("@odata.context", exchange.context("microsoft.graph.updateAllowedCombinationsResult"));
                    body.put("conditionalAccessReferences", (String) null);
                    body.put("additionalInformation", "");
                    body.set("currentCombinations", wanted);
                    body.set("previousCombinations", previous);
                    return GraphResponse.json(200, body);
                });
            case "getmembergroups", "checkmembergroups", "getmemberobjects", "checkmemberobjects" ->
                memberships(exchange, name);
            default -> throw GraphRefusal.notImplemented("This simulator has no operation " + name + ".");
        };
    }

    private Node node(Exchange exchange) {
        if (exchange.route().kind() == null) {
            String key = exchange.route().mustKey();
            Node node = exchange.tenant().findAny(key);
            if (node == null || !node.live()) {
                throw GraphRefusal.notFound(key);
            }
            return node;
        }
        return lookup.item(exchange).node();
    }

    private GraphResponse memberships(Exchange exchange, String name) {
        ObjectNode body = exchange.request().json();
        if (body.path("ids").size() > MOST_CHECKED || body.path("groupIds").size() > MOST_CHECKED) {
            throw GraphRefusal.badRequest("At most " + MOST_CHECKED + " ids can be checked in one request.");
        }
        return exchange.tenant().read(() -> {
            Node node = node(exchange);
            Relation relation = node.kind().relation("transitiveMemberOf");
            if (relation == null) {
                throw GraphRefusal.notImplemented("This simulator has no operation " + name + ".");
            }
            boolean groups = name.endsWith("groups");
            Set<String> ids = new LinkedHashSet<>();
            for (Node other : lookup.related(exchange.tenant(), node, relation, groups ? "group" : null)) {
                if (!body.path("securityEnabledOnly").asBoolean()
                        || other.entity().isTrue("securityEnabled")) {
                    ids.add(other.id());
                }
            }
            if (name.startsWith("check")) {
                Set<String> asked = new LinkedHashSet<>();
                body.path(groups ? "groupIds" : "ids").forEach(id -> asked.add(id.asText()));
                ids.retainAll(asked);
            }
            ObjectNode answer = Json.object();
            answer.put("@odata.context", exchange.context("Collection(Edm.String)"));
            ArrayNode value = answer.putArray("value");
            ids.forEach(value::add);
            return GraphResponse.json(200, answer);
        });
    }

    /** Whether names would be free. */
    GraphResponse validate(Exchange exchange) {
        ObjectNode body = exchange.request().json();
        if (!"Group".equalsIgnoreCase(body.path("entityType").asText("Group"))) {
            throw GraphRefusal.badRequest("Only groups can be validated.");
        }
        Kind groups = Kinds.all().get("groups");
        String nickname = body.path("mailNickname").asText("");
        boolean taken = exchange.tenant()
                .read(() -> exchange.tenant().allBy(groups, "mailNickname", nickname).stream()
                        .anyMatch(g -> g.live() && g.entity().holds("groupTypes", "Unified")));
        if (taken) {
            throw new GraphRefusal(
                    422,
                    "InvalidRequest",
                    "Another object with the same value for property mailNickname already exists.");
        }
        return GraphResponse.empty(204);
    }

    /** The directory extensions of all applications. */
    GraphResponse extensions(Exchange exchange) {
        Kind kind = Kinds.all().get("extensionProperties");
        return exchange.tenant().read(() -> {
            List<Node> live =
                    exchange.tenant().after(kind, 0).stream().filter(Node::live).toList();
            return GraphResponse.json(200, ListWriter.bytes(out -> {
                out.writeStartObject();
                out.writeStringField("@odata.context", exchange.context("extensionProperties"));
                out.writeArrayFieldStart("value");
                for (Node node : live) {
                    out.writeStartObject();
                    Projection.usual(kind).write(out, node.entity(), false);
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            }));
        });
    }

    /** Directory objects by their ids. */
    GraphResponse byIds(Exchange exchange) {
        ObjectNode body = exchange.request().json();
        JsonNode ids = body.path("ids");
        if (!ids.isArray() || ids.size() > MOST_IDS) {
            throw GraphRefusal.badRequest("The number of included identifiers cannot exceed '1000'.");
        }
        Set<String> types = new LinkedHashSet<>();
        body.path("types").forEach(t -> types.add(t.asText().toLowerCase(Locale.ROOT)));
        Kind only = exchange.route().kind();
        return exchange.tenant().read(() -> {
            List<Node> found = new ArrayList<>();
            for (JsonNode id : ids) {
                if (!Lookup.guid(id.asText())) {
                    throw GraphRefusal.badRequest("Invalid GUID specified.");
                }
                Node node = exchange.tenant().findAny(id.asText());
                if (node != null && lookup.seen(exchange.tenant(), node) != null && wanted(node, types, only)) {
                    found.add(node);
                }
            }
            return shown(exchange, found);
        });
    }

    /** What a user owned of one type and what is in the recycle bin now. */
    GraphResponse ownedInBin(Exchange exchange) {
        ObjectNode body = exchange.request().json();
        String userId = body.path("userId").asText();
        Kind kind = Kinds.all().ofType("microsoft.graph." + body.path("type").asText());
        if (kind == null || kind.bin() != Kind.Bin.DIRECTORY) {
            throw GraphRefusal.badRequest("Invalid value specified for property 'type'.");
        }
        return exchange.tenant().read(() -> {
            Node user = exchange.tenant().find(Kinds.all().get("users"), userId);
            if (user == null) {
                throw GraphRefusal.notFound(userId);
            }
            List<Node> found = exchange.tenant().bin(kind).stream()
                    .filter(node -> node.pointsTo("owners", user))
                    .toList();
            return shown(exchange, found);
        });
    }

    private static GraphResponse shown(Exchange exchange, List<Node> found) {
        return GraphResponse.json(200, ListWriter.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("@odata.context", exchange.context("directoryObjects"));
            out.writeArrayFieldStart("value");
            for (Node node : found) {
                out.writeStartObject();
                Projection.lenient(exchange, node.kind())
                        .permitted(exchange.caller(), false)
                        .write(out, node.entity(), true);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }));
    }

    private static boolean wanted(Node node, Set<String> types, @Nullable Kind only) {
        boolean kind = only == null || node.kind() == only;
        return kind
                && (types.isEmpty()
                        || types.contains("directoryobject")
                        || types.contains(node.kind().type().toLowerCase(Locale.ROOT)));
    }
}
