package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes a seed into a tenant. */
final class SeedLoader implements SeedSink {

    private static final int AT_A_TIME = 4_096;
    private static final int PIECE = 256;
    private static final Node[] NONE = {};

    private final Tenant tenant;
    private final Map<String, Node[]> numbered = new HashMap<>();
    private List<Told> told = new ArrayList<>();
    private CompletableFuture<List<Ends>> looking = CompletableFuture.completedFuture(List.of());

    SeedLoader(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public void object(String collection, ObjectNode object) {
        finish();
        Kind kind = Kinds.all().get(collection);
        put(kind, made(tenant.table(kind), object));
    }

    @Override
    public void objects(String collection, int count, IntFunction<ObjectNode> made) {
        finish();
        Table table = tenant.table(Kinds.all().get(collection));
        Node[] nodes = new Node[count];
        numbered.put(collection, nodes);
        CompletableFuture<List<Made>> next = some(table, 0, count, made);
        for (int from = 0; from < count; from += AT_A_TIME) {
            List<Made> ready = ready(next);
            // The next ones are made while these are put in their places, in their order.
            next = some(table, from + AT_A_TIME, count, made);
            int number = from;
            for (Made one : ready) {
                nodes[number++] = put(table.kind(), one);
            }
        }
    }

    private static CompletableFuture<List<Made>> some(Table table, int from, int count, IntFunction<ObjectNode> made) {
        int to = Math.min(count, from + AT_A_TIME);
        return CompletableFuture.supplyAsync(() -> IntStream.range(from, to)
                .parallel()
                .mapToObj(number -> made(table, made.apply(number)))
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

    /** An object on its way into its table. The object itself is kept only while it has no id: many are on their way at a time. */
    private record Made(
            @Nullable String id,
            Entity entity,
            long[][] hashes,
            boolean deleted,
            @Nullable ObjectNode unnamed) {}

    private static Made made(Table table, ObjectNode object) {
        Kind kind = table.kind();
        String keyedBy = kind.keyedBy();
        JsonNode given = object.get(keyedBy == null ? "id" : keyedBy);
        String id = given == null ? null : given.asText();
        if (id != null && kind.is("scopedId")) {
            // Objects that are unique under their parent only are told as parent/id.
            object.put("id", id.substring(id.lastIndexOf('/') + 1));
        }
        JsonNode deleted = object.get("deletedDateTime");
        Entity entity = Entity.of(object);
        return new Made(
                id,
                entity,
                table.hashes(object, entity),
                deleted != null && !deleted.isNull(),
                id == null ? object : null);
    }

    private Node put(Kind kind, Made given) {
        Made made = given;
        String id = made.id();
        if (id == null) {
            id = tenant.newId();
            made = made(
                    tenant.table(kind), Objects.requireNonNull(made.unnamed()).put("id", id));
        }
        replacePreset(kind, id);
        Node node = new Node(kind, id, tenant.nextSequence(), made.entity());
        tenant.table(kind).add(node, made.hashes());
        tenant.watch(node);
        tenant.knowForeign(kind, made.entity());
        if (made.deleted() && kind.bin() != Kind.Bin.NONE) {
            tenant.table(kind).toBin(node);
        }
        return node;
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

    @Override
    public void links(NumberedLinks links) {
        finish();
        Relation known = Kinds.all().get(links.sources().collection()).relation(links.relation());
        if (known == null || !known.targets().contains(links.targets().collection())) {
            throw new IllegalArgumentException(
                    "a link leaves something unknown: " + links.sources().collection() + " " + links.relation());
        }
        Node[] sources = numbered.getOrDefault(links.sources().collection(), NONE);
        Node[] targets = numbered.getOrDefault(links.targets().collection(), NONE);
        CompletableFuture<List<int[]>> next = pairs(links, links.from());
        for (int from = links.from(); from < links.to(); from += AT_A_TIME) {
            List<int[]> ready = ready(next);
            // The next ones are told while these are linked, in their order.
            next = pairs(links, from + AT_A_TIME);
            for (int[] pairs : ready) {
                link(sources, known.via(), targets, pairs);
            }
        }
    }

    /** The links of some numbers, each as the number of its source and that of its target. */
    private static CompletableFuture<List<int[]>> pairs(NumberedLinks links, int from) {
        int to = Math.min(links.to(), from + AT_A_TIME);
        int pieces = Math.max(0, (to - from + PIECE - 1) / PIECE);
        return CompletableFuture.supplyAsync(() -> IntStream.range(0, pieces)
                .parallel()
                .mapToObj(piece -> {
                    IntStream.Builder pairs = IntStream.builder();
                    int first = from + piece * PIECE;
                    for (int number = first; number < Math.min(to, first + PIECE); number++) {
                        links.telling()
                                .tell(
                                        number,
                                        (source, target) -> pairs.add(source).add(target));
                    }
                    return pairs.build().toArray();
                })
                .toList());
    }

    private static void link(Node[] sources, String via, Node[] targets, int[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] >= sources.length || pairs[i + 1] >= targets.length) {
                throw new IllegalArgumentException("a link leads nowhere: " + via);
            }
            sources[pairs[i]].linkOnce(via, targets[pairs[i + 1]]);
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
        ends.source().linkOnce(ends.relation().via(), ends.target());
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
