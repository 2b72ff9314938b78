package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls of the actions and functions that stand in the tables of their kinds. */
final class TableActions {

    private final Lookup lookup;
    private final Writing writing;
    private final Reading reading;

    TableActions(Lookup lookup, Writing writing, Reading reading) {
        this.lookup = lookup;
        this.writing = writing;
        this.reading = reading;
    }

    /** Calls what the route names. */
    GraphResponse run(Exchange exchange) {
        Route route = exchange.route();
        Kind kind = route.mustKind();
        String name = String.valueOf(route.name());
        JsonNode table = kind.action(name);
        if (exchange.request().method().equals("GET") && table != null && table.has("keys")) {
            return keys(exchange, table.path("keys").asText());
        }
        String wanted = table == null ? "POST" : table.path("method").asText("POST");
        if (!exchange.request().method().equals(wanted)) {
            throw Writing.notAllowed();
        }
        ObjectNode body = exchange.request().body().length == 0
                ? Json.object()
                : exchange.request().json();
        return writing.change(exchange, writer -> {
            boolean one = route.place() == Route.Place.ITEM_OPERATION;
            Node node = one ? lookup.item(exchange).node() : null;
            Route owner = route.owner();
            Node parent = one || owner == null ? null : lookup.owner(exchange.tenant(), owner);
            return shown(exchange, writer.act(kind, name, node, parent, body, arguments(route.member())));
        });
    }

    /** The names of what was saved, with an asterisk for every value. */
    private GraphResponse keys(Exchange exchange, String property) {
        JsonNode saved = exchange.tenant()
                .read(() -> lookup.item(exchange).node().entity().get(property));
        ObjectNode body = Json.object();
        body.put(
                "@odata.context",
                exchange.context("Collection(microsoft.graph.synchronizationSecretKeyStringValuePair)"));
        var pairs = body.putArray("value");
        if (saved != null) {
            saved.forEach(key -> pairs.addObject().put("key", key.asText()).put("value", "*"));
        }
        return GraphResponse.json(200, body);
    }

    private GraphResponse shown(Exchange exchange, Outcome outcome) {
        GraphResponse response = body(exchange, outcome);
        if (outcome.location() != null) {
            response.with("Location", exchange.root() + outcome.location());
        }
        return response;
    }

    private GraphResponse body(Exchange exchange, Outcome outcome) {
        JsonNode value = outcome.value();
        if (value != null) {
            ObjectNode body = Json.object();
            body.put("@odata.context", exchange.context(outcome.context()));
            if (value.isObject()) {
                body.setAll((ObjectNode) value);
            } else {
                body.set("value", value);
            }
            return GraphResponse.json(outcome.status(), body);
        }
        if (outcome.many()) {
            return reading.nodes(exchange, outcome.nodes());
        }
        if (outcome.nodes().isEmpty()) {
            return GraphResponse.empty(outcome.status());
        }
        Node node = outcome.nodes().get(0);
        return GraphResponse.json(
                outcome.status(),
                reading.entity(exchange, node, node.entity(), Projection.usual(exchange, node.kind())));
    }

    /** The names and values within a function's brackets. */
    static Map<String, String> arguments(@Nullable String text) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String part : text == null || text.isBlank() ? new String[0] : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw GraphRefusal.badQuery("Bad Request - Error in query syntax.");
            }
            found.put(
                    part.substring(0, equals).trim(),
                    part.substring(equals + 1).trim().replaceAll("^'|'$", ""));
        }
        return found;
    }
}
