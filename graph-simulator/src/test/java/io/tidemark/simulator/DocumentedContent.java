package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.kind.Schema;
import io.tidemark.simulator.tenant.SeedSink;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects and links of a tenant in which a documented request is answered. */
final class DocumentedContent {

    private record Told(Kind kind, ObjectNode object) {}

    private record Link(String collection, String from, String relation, String to) {}

    private final DocumentedPair pair;
    private final JsonNode preparations;
    private final Map<String, Told> objects = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();

    DocumentedContent(DocumentedPair pair, JsonNode preparations) {
        this.pair = pair;
        this.preparations = preparations;
    }

    /** What is prepared for this request in a section. */
    List<JsonNode> matching(String section) {
        List<JsonNode> found = new ArrayList<>();
        preparations.path(section).properties().forEach(entry -> {
            if (pair.name().matches(entry.getKey())) {
                found.add(entry.getValue());
            }
        });
        return found;
    }

    void emit(SeedSink sink) {
        objects.values().forEach(told -> sink.object(told.kind().collection(), told.object()));
        links.forEach(link -> sink.link(link.collection(), link.from(), link.relation(), link.to()));
    }

    List<ObjectNode> objects() {
        return objects.values().stream().map(Told::object).toList();
    }

    void link(String collection, String from, String relation, String to) {
        links.add(new Link(collection, from, relation, to));
    }

    /** The kind that an item says it is of. */
    static Kind typeOf(JsonNode item, Kind otherwise) {
        String type = item.path("@odata.type").asText();
        if (type.isEmpty() || otherwise.typed()) {
            return otherwise;
        }
        Kind found = Kinds.all().ofType(type);
        return found == null ? otherwise : found;
    }

    /** Adds an object with what it needs besides; the one that was told first stays. */
    ObjectNode put(Kind kind, String id, ObjectNode object) {
        ObjectNode complete = Json.object();
        complete.setAll(kind.initial().deepCopy());
        JsonNode usual = preparations.path("objects").path(kind.collection());
        if (usual.isObject()) {
            complete.setAll((ObjectNode) usual.deepCopy());
        }
        if (kind.collection().equals("users")) {
            complete.put(
                    "userPrincipalName",
                    (id.equals(DocumentedState.ME) ? "me" : "u" + id.replace("-", "")) + "@fabrikam.com");
        }
        if (kind.properties().containsKey("displayName")) {
            complete.put("displayName", "documented");
        }
        for (JsonNode preset : kind.preset()) {
            if (preset.path("id").asText().equalsIgnoreCase(id)) {
                complete.setAll((ObjectNode) preset.deepCopy());
            }
        }
        complete.setAll(object);
        if (id.equals(DocumentedState.ME)) {
            complete.put("userPrincipalName", "me@fabrikam.com");
        }
        for (Map.Entry<String, JsonNode> state : preparations.path("states").properties()) {
            JsonNode forced = state.getValue().get(kind.collection());
            if (forced != null && pair.name().matches(state.getKey())) {
                complete.setAll((ObjectNode) forced.deepCopy());
            }
        }
        soon(complete);
        complete.put(kind.keyedBy() == null ? "id" : kind.keyedBy(), id);
        if (kind.typed() && !complete.has("@odata.type")) {
            complete.put(
                    "@odata.type",
                    "#microsoft.graph." + Schema.v1().descendants(kind.type()).get(0));
        }
        objects.putIfAbsent(kind.collection() + "/" + id, new Told(kind, complete));
        return complete;
    }

    /** Subscriptions end soon after now, whenever that is; audit entries are younger than the log reaches. */
    static void soon(ObjectNode object) {
        if (object.path("activityDateTime").asText().equals("$recent")) {
            object.put(
                    "activityDateTime", Instant.now().minus(1, ChronoUnit.HOURS).toString());
        }
        if (object.path("expirationDateTime").asText().equals("$soon")) {
            object.put(
                    "expirationDateTime",
                    Instant.now()
                            .plus(1, ChronoUnit.DAYS)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
        }
    }

    /** What a documented body says of an object, without links and notes. */
    static ObjectNode clean(Kind kind, JsonNode body) {
        ObjectNode object = Json.object();
        for (Map.Entry<String, JsonNode> property : body.properties()) {
            String name = property.getKey();
            boolean typed = name.equals("@odata.type")
                    && !property.getValue()
                            .asText()
                            .replace("#", "")
                            .equalsIgnoreCase("microsoft.graph." + kind.type());
            Schema.TypeRef declared = kind.properties().get(name);
            if (declared != null
                    && declared.name().equals("DateTimeOffset")
                    && property.getValue().asText().endsWith("-value")) {
                // The documentation's blank for a time; an object with a time of deletion would be in the bin.
                if (!name.equals("deletedDateTime")) {
                    object.put(name, "2026-01-01T00:00:00Z");
                }
                continue;
            }
            if (typed || (!name.contains("@odata") && kind.relation(name) == null)) {
                object.set(name, property.getValue());
            }
        }
        return object;
    }

    /** Makes a relation lead from one object to another. */
    void reach(Kind source, Relation relation, String owner, Kind target, String id) {
        switch (relation.form()) {
            case STORED, CHILDREN -> links.add(new Link(source.collection(), owner, relation.name(), id));
            case TRANSITIVE -> direct(source, owner, relation.via(), id);
            case INVERSE, TRANSITIVE_INVERSE -> direct(target, id, relation.via(), owner);
            case ROWS -> told(target, id).put(relation.via(), owner);
            case NAMED -> told(source, owner).put(relation.via(), id);
            default -> {}
        }
    }

    /** An object that was added. */
    ObjectNode told(Kind kind, String id) {
        Told told = objects.get(kind.collection() + "/" + id);
        return told == null ? Json.object() : told.object();
    }

    private void direct(Kind from, String id, String via, String to) {
        for (Relation candidate : from.relations()) {
            if (candidate.form() == Relation.Form.STORED && candidate.via().equals(via)) {
                links.add(new Link(from.collection(), id, candidate.name(), to));
                return;
            }
        }
    }
}
