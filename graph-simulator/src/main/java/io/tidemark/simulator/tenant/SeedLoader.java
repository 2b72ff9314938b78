package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes a seed into a tenant. */
final class SeedLoader implements SeedSink {

    private static final int AT_A_TIME = 4_096;

    private final Tenant tenant;
    private List<Told> told = new ArrayList<>();
    private CompletableFuture<List<Ends>> looking = CompletableFuture.completedFuture(List.of());

    SeedLoader(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void object(String collection, ObjectNode object) {
        finish();
        Kind kind = Kinds.all().get(collection);
        put(kind, made(kind, object));
    }

    @Override
    public void objects(String collection, int count, IntFunction<ObjectNode> made) {
        finish();
        Kind kind = Kinds.all().get(collection);
        CompletableFuture<List<Made>> next = some(kind, 0, count, made);
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<Made> ready = ready(next);
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

    private static <T> List<T> ready(CompletableFuture<List<T>> some) {
        try {
            return some.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException told) {
                throw told;
            }
            throw e;
        }
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

    /** A link as the seed tells it. */
    private record Told(String collection, String sourceId, String relation, String targetId) {}

    /** A link on its way into its source. */
    private record Ends(Node source, Relation relation, Node target) {}

    @Override
    public void link(String collection, String sourceId, String relation, String targetId) {
        finish();
        link(ends(new Told(collection, sourceId, relation, targetId)));
    }

    @Override
    public void linkLater(String collection, String sourceId, String relation, String targetId) {
        told.add(new Told(collection, sourceId, relation, targetId));
        if (told.size() == AT_A_TIME) {
            List<Told> some = told;
            told = new ArrayList<>(AT_A_TIME);
            List<Ends> found = ready(looking);
            // The next ends are looked up while these are linked, in their order.
            looking = CompletableFuture.supplyAsync(
                    () -> some.stream().parallel().map(this::ends).toList());
            found.forEach(SeedLoader::link);
        }
    }

    /** Makes the links that have been told but not made yet. Objects arrive only when no end is being looked up. */
    void finish() {
        ready(looking).forEach(SeedLoader::link);
        looking = CompletableFuture.completedFuture(List.of());
        told.stream().map(this::ends).forEach(SeedLoader::link);
        told.clear();
    }

    private static void link(Ends ends) {
        String via = ends.relation().via();
        if (!ends.source().pointsTo(via, ends.target())) {
            ends.source().link(via, ends.target());
        }
    }

    private Ends ends(Told link) {
        Relation known = Kinds.all().get(link.collection()).relation(link.relation());
        Node source = found(link.sourceId(), List.of(link.collection()));
        if (source == null || known == null) {
            throw new IllegalArgumentException(
                    "a link leaves something unknown: " + link.collection() + " " + link.relation());
        }
        Node target = found(link.targetId(), known.targets());
        if (target == null) {
            throw new IllegalArgumentException("a link leads nowhere: " + link.collection() + " " + link.relation());
        }
        return new Ends(source, known, target);
    }

    private @Nullable Node found(String id, List<String> tables) {
        for (String table : tables) {
            Node node = tenant.find(Kinds.all().get(table), id);
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    @Override
    public void secret(String holder, SealedSecret secret) {
        tenant.secrets().sealed(holder, secret);
    }

    @Override
    public void appRegistration(ClientRegistration registration) {
        tenant.register(registration);
    }
}
