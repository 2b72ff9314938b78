package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes a seed into a tenant. */
final class SeedLoader implements SeedSink {

    private static final int AT_A_TIME = 4_096;
    private static final int MOST_RECENT = 30_000;

    private final Tenant tenant;
    private final Map<String, Node> recent = new IdentityHashMap<>();

    SeedLoader(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void object(String collection, ObjectNode object) {
        Kind kind = Kinds.all().get(collection);
        put(kind, made(kind, object));
    }

    @Override
    public void objects(String collection, int count, IntFunction<ObjectNode> made) {
        Kind kind = Kinds.all().get(collection);
        CompletableFuture<List<Made>> next = some(kind, 0, count, made);
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<Made> ready = next.join();
            // The next ones are made while these are put in their places, in their order.
            next = some(kind, from + AT_A_TIME, count, made);
            ready.forEach(one -> put(kind, one));
        }
    }

    private static CompletableFuture<List<Made>> some(Kind kind, int from, int count, IntFunction<ObjectNode> made) {
        int to = Math.min(count, from + AT_A_TIME);
        return CompletableFuture.supplyAsync(() -> IntStream.range(from, to)
                .parallel()
                .mapToObj(number -> made(kind, made.apply(number)))
                .toList());
    }

    /** An object on its way into its table. */
    private record Made(@Nullable String id, Entity entity, ObjectNode object) {}

    private static Made made(Kind kind, ObjectNode object) {
        String keyedBy = kind.keyedBy();
        JsonNode given = object.get(keyedBy == null ? "id" : keyedBy);
        String id = given == null ? null : given.asText();
        if (id != null && kind.is("scopedId")) {
            // Objects that are unique under their parent only are told as parent/id.
            object.put("id", id.substring(id.lastIndexOf('/') + 1));
        }
        return new Made(id, Entity.of(object), object);
    }

    private void put(Kind kind, Made made) {
        String id = made.id() == null ? tenant.newId() : made.id();
        Entity entity = made.id() == null ? Entity.of(made.object().put("id", id)) : made.entity();
        replacePreset(kind, id);
        Node node = tenant.insert(kind, id, entity);
        JsonNode deleted = made.object().get("deletedDateTime");
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
        Relation known = kind.relation(relation);
        Node source = found(sourceId, List.of(collection));
        if (source == null || known == null) {
            throw new IllegalArgumentException("a link leaves something unknown: " + collection + " " + relation);
        }
        Node target = found(targetId, known.targets());
        if (target == null) {
            throw new IllegalArgumentException("a link leads nowhere: " + collection + " " + relation);
        }
        if (!source.pointsTo(known.via(), target)) {
            source.link(known.via(), target);
        }
    }

    /** The object with an id in one of the tables. Whoever tells a tenant names the same objects again and again. */
    private @Nullable Node found(String id, List<String> tables) {
        Node known = recent.get(id);
        if (known != null && tables.contains(known.kind().collection())) {
            return known;
        }
        for (String table : tables) {
            Node node = tenant.find(Kinds.all().get(table), id);
            if (node != null) {
                if (recent.size() > MOST_RECENT) {
                    recent.clear();
                }
                recent.put(id, node);
                return node;
            }
        }
        return null;
    }

    @Override
    public void appRegistration(ClientRegistration registration) {
        tenant.register(registration);
    }
}
