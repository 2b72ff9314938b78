package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent with a documented request. */
record DocumentedRequest(DocumentedPair pair, JsonNode preparations, DocumentedContent content) {

    /**
     * Where a request goes.
     *
     * @param kind the kind that is made or changed
     * @param last the relation that the path ends with
     * @param called whether the path ends with an operation or a property
     * @param creates whether a change makes what it names
     * @param addressed the object, if there is one of this kind
     */
    record Place(
            @Nullable Kind kind,
            @Nullable Relation last,
            boolean called,
            boolean creates,
            @Nullable ObjectNode addressed) {}

    /** The body to send to a place; {@code null} for none. */
    @Nullable
    String body(Place place) {
        if (pair.method().equals("GET") || pair.method().equals("DELETE")) {
            return null;
        }
        JsonNode given = given();
        if (given != null) {
            return Json.write(given);
        }
        boolean reference = pair.target().split("\\?")[0].endsWith("/$ref");
        Relation relation = place.last();
        if (reference && relation != null) {
            Kind target = Kinds.all().get(relation.targets().get(0));
            String id = DocumentedPair.id("referenced");
            content.put(target, id, Json.object());
            String path = target.paths().isEmpty()
                    ? "directoryObjects"
                    : target.paths().get(0);
            return "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/" + path + "/" + id + "\"}";
        }
        Kind kind = place.kind();
        if (place.called() || kind == null) {
            return "{}";
        }
        boolean makes =
                place.creates() || pair.method().equals("POST") || pair.method().equals("PUT");
        return Json.write(makes ? created(kind) : changed(kind, place.addressed()));
    }

    private @Nullable JsonNode given() {
        String path = pair.target().split("\\?")[0];
        for (Map.Entry<String, JsonNode> body : preparations.path("requests").properties()) {
            String[] parts = body.getKey().split(" ", 2);
            if (parts[0].equals(pair.method()) && path.matches("(?i)" + parts[1])) {
                return body.getValue();
            }
        }
        return null;
    }

    private ObjectNode created(Kind kind) {
        ObjectNode sent = Json.object();
        JsonNode extra = preparations.path("creations").path(kind.collection());
        for (Map.Entry<String, JsonNode> property : pair.body().properties()) {
            String name = property.getKey();
            boolean known = kind.properties().containsKey(name);
            boolean typed = name.equals("@odata.type") && kind.typed();
            if (typed || (known && !kind.readOnly(name) && !property.getValue().isNull())) {
                sent.set(name, property.getValue());
            }
        }
        if (!kind.named() && kind.keyedBy() == null) {
            sent.remove("id");
        }
        extra.properties().forEach(p -> sent.set(p.getKey(), p.getValue()));
        DocumentedContent.soon(sent);
        for (String required : kind.required()) {
            if (!sent.has(required) && kind.properties().containsKey(required)) {
                Schema.TypeRef type = kind.properties().get(required);
                boolean text = type != null && type.name().equals("String") && !type.many();
                if (text) {
                    sent.put(required, "documented");
                }
            }
        }
        return sent;
    }

    private static ObjectNode changed(Kind kind, @Nullable ObjectNode addressed) {
        ObjectNode sent = Json.object();
        JsonNode type = addressed == null ? null : addressed.get("@odata.type");
        Map<String, Schema.TypeRef> declared = kind.properties();
        if (type != null) {
            sent.set("@odata.type", type);
            Map<String, Schema.TypeRef> own =
                    Schema.v1().properties(type.asText().substring(type.asText().lastIndexOf('.') + 1));
            declared = own == null ? declared : own;
        }
        for (String name : List.of("displayName", "description")) {
            if (declared.containsKey(name) && changeable(kind, name)) {
                return sent.put(name, "changed");
            }
        }
        for (Map.Entry<String, Schema.TypeRef> property : declared.entrySet()) {
            boolean text = property.getValue().name().equals("String")
                    && !property.getValue().many();
            if (changeable(kind, property.getKey()) && text) {
                return sent.put(property.getKey(), "changed");
            }
            if (changeable(kind, property.getKey())
                    && property.getValue().name().equals("Int32")) {
                return sent.put(property.getKey(), 1);
            }
        }
        return sent;
    }

    private static boolean changeable(Kind kind, String name) {
        return !kind.readOnly(name) && !kind.createOnly(name) && !name.equals("id");
    }
}
