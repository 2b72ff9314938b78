package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a seed into a tenant; equal values of different objects are kept once. */
final class SeedLoader implements SeedSink {

    private static final int MOST_SHARED = 200_000;
    private static final int LONGEST_SHARED = 40;
    private static final ArrayNode EMPTY = Json.array();

    private final Tenant tenant;
    private final Map<JsonNode, JsonNode> shared = new HashMap<>();
    private @Nullable Node last;

    SeedLoader(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void object(String collection, ObjectNode object) {
        Kind kind = Kinds.all().get(collection);
        JsonNode given = object.get("id");
        String id = given == null ? tenant.newId() : given.asText();
        if (given == null) {
            object.put("id", id);
        }
        replacePreset(kind, id);
        Entity entity = Entity.of(object, this::share);
        Node node = tenant.insert(kind, id, entity);
        JsonNode deleted = object.get("deletedDateTime");
        if (kind.bin() != Kind.Bin.NONE && deleted != null && !deleted.isNull()) {
            tenant.table(kind).toBin(node);
        }
    }

    /** What a seed tells takes the place of what every tenant has. */
    private void replacePreset(Kind kind, String id) {
        if (kind.preset().isEmpty()) {
            return;
        }
        for (Node node : List.copyOf(tenant.after(kind, 0))) {
            if (node.live() && (kind.singleton() || node.id().equalsIgnoreCase(id))) {
                tenant.table(kind).purge(node);
            }
        }
    }

    @Override
    public void link(String collection, String sourceId, String relation, String targetId) {
        Kind kind = Kinds.all().get(collection);
        Node source = last != null && last.id().equals(sourceId) ? last : tenant.find(kind, sourceId);
        Relation known = kind.relation(relation);
        if (source == null || known == null) {
            throw new IllegalArgumentException("a link leaves something unknown: " + collection + " " + relation);
        }
        last = source;
        Node target = null;
        for (String table : known.targets()) {
            target = tenant.find(Kinds.all().get(table), targetId);
            if (target != null) {
                break;
            }
        }
        if (target == null) {
            throw new IllegalArgumentException("a link leads nowhere: " + collection + " " + relation);
        }
        if (!source.pointsTo(known.via(), target)) {
            source.link(known.via(), target);
        }
    }

    @Override
    public void appRegistration(ClientRegistration registration) {
        tenant.register(registration);
    }

    void finish() {
        shared.clear();
    }

    private JsonNode share(JsonNode value) {
        if (value.isTextual() && value.textValue().length() <= LONGEST_SHARED) {
            JsonNode known = shared.get(value);
            if (known == null && shared.size() < MOST_SHARED) {
                shared.put(value, value);
            }
            return known == null ? value : known;
        }
        if (value.isArray() && value.isEmpty()) {
            return EMPTY;
        }
        return value;
    }
}
