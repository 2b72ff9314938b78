package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.SeedSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes objects, links and references of an export into a tenant: what is told whole goes before what others tell of it. */
final class Intake {

    private static final List<String> SUFFIXES = List.of("@odata.bind", "@delta");

    private record Link(Kind kind, String source, String relation, String target) {}

    private record Reference(Kind kind, ObjectNode object) {}

    private final SeedSink sink;
    private final Tally tally;
    private final Dialect dialect;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Reference> references = new LinkedHashMap<>();
    private final Map<String, String> applications = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private boolean finishing;

    Intake(SeedSink sink, Tally tally) {
        this.sink = sink;
        this.tally = tally;
        this.dialect = new Dialect(tally);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Takes an object that is told whole. */
    void object(Kind kind, ObjectNode told) {
        ObjectNode object = dialect.spelled(told, kind);
        String id = identified(kind, object);
        if (kind.is("scopedId") && !id.contains("/")) {
            tally.left(kind.collection() + " whose owner is not told");
            return;
        }
        if (!id.isEmpty() && !seen.add(key(kind, id))) {
            tally.left(kind.collection() + " told twice");
            return;
        }
        put(kind, id, object);
        tally.read(kind.collection());
    }

    /** Takes an object as {@code GET /export} told it, with nothing to make out. */
    void line(Kind kind, ObjectNode object) {
        String id = object.path("id").asText();
        if (!seen.add(key(kind, id))) {
            tally.left(kind.collection() + " told twice");
            return;
        }
        sink.object(kind.collection(), object);
        tally.read(kind.collection());
    }

    private void put(Kind kind, String id, ObjectNode object) {
        inline(kind, id, object);
        Kind typed = TableNames.typed(object.path("@odata.type").asText());
        if (typed == kind
                && object.path("@odata.type")
                        .asText()
                        .toLowerCase(Locale.ROOT)
                        .endsWith("." + kind.type().toLowerCase(Locale.ROOT))) {
            object.remove("@odata.type");
        }
        if (kind.typed() && !object.has("@odata.type")) {
            String type = Shapes.type(kind, object);
            if (type != null) {
                object.put("@odata.type", "#microsoft.graph." + type);
            }
        }
        strip(kind, object);
        if (kind.collection().equals("applications") && object.path("appId").isTextual()) {
            applications.put(object.path("appId").asText().toLowerCase(Locale.ROOT), id);
        }
        sink.object(kind.collection(), object);
    }

    /** The id of an object; one that follows from its content where none is told. */
    private static String identified(Kind kind, ObjectNode object) {
        String keyedBy = kind.keyedBy();
        String id = object.path(keyedBy == null ? "id" : keyedBy).asText();
        if (id.isEmpty() && !kind.singleton() && keyedBy == null) {
            id = UUID.nameUUIDFromBytes((kind.collection() + Json.write(object)).getBytes(StandardCharsets.UTF_8))
                    .toString();
            object.put("id", id);
        }
        return id;
    }

    /** Drops what protocols add to objects: contexts, counts, links, actions. */
    private void strip(Kind kind, ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (name.endsWith("@odata.nextLink") && !name.startsWith("@")) {
                tally.left("pages after the first of " + name.substring(0, name.indexOf('@')) + " of "
                        + kind.collection());
            }
            if (name.startsWith("#") || name.contains("@odata.") && !name.equals("@odata.type")) {
                object.remove(name);
            } else if (object.path(name) instanceof ObjectNode inner && !name.startsWith("@")) {
                inner.remove("@odata.context");
            }
        }
    }

    /** Takes links that stand in an object, as an expanded relation, as references or as changes. */
    private void inline(Kind kind, String id, ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String plain = name;
            for (String suffix : SUFFIXES) {
                plain = plain.endsWith(suffix) ? plain.substring(0, plain.length() - suffix.length()) : plain;
            }
            Relation relation = kind.properties().containsKey(plain) ? null : kind.relation(plain);
            if (relation == null) {
                continue;
            }
            JsonNode value = object.remove(name);
            Iterable<JsonNode> told = value.isArray() ? value : List.of(value);
            for (JsonNode one : told) {
                if (one.isTextual() && relation.form() != Relation.Form.STORED) {
                    tally.left("ids of " + relation.name() + " of " + kind.collection());
                } else if (one.isTextual()) {
                    link(kind, id, relation.name(), reference(one.asText()));
                } else if (one instanceof ObjectNode other && !other.isEmpty() && !other.has("@removed")) {
                    related(
                            kind,
                            id,
                            relation,
                            TableNames.typed(other.path("@odata.type").asText()),
                            other);
                }
            }
        }
    }

    /** Takes what stands at a relation of an object. */
    void related(Kind owner, String ownerId, Relation relation, @Nullable Kind typed, ObjectNode other) {
        Kind kind = typed != null && relation.targets().contains(typed.collection())
                ? typed
                : relation.targets().size() == 1
                        ? Kinds.all().get(relation.targets().get(0))
                        : null;
        String id = reference(other.path("id").asText(other.path("@odata.id").asText()));
        switch (relation.form()) {
            case STORED -> {
                link(owner, ownerId, relation.name(), id);
                reference(kind, id, other);
            }
            case INVERSE -> {
                if (kind != null) {
                    link(kind, id, relation.via(), ownerId);
                }
                reference(kind, id, other);
            }
            case ROWS -> row(kind, other);
            case CHILDREN -> child(owner, ownerId, relation, kind, other);
            case COMPUTED -> tally.left(relation.name() + " of " + owner.collection() + ", which are worked out");
            default -> reference(kind, id, other);
        }
    }

    private void row(@Nullable Kind kind, ObjectNode other) {
        if (kind != null) {
            object(kind, other);
        }
    }

    private void child(Kind owner, String ownerId, Relation relation, @Nullable Kind kind, ObjectNode other) {
        String parent = found(ownerId);
        if (parent.isEmpty() && !finishing) {
            later.add(() -> child(owner, ownerId, relation, kind, other));
            return;
        }
        if (kind == null || parent.isEmpty()) {
            tally.left(relation.name() + " of " + owner.collection() + " of unknown kind");
            return;
        }
        String id = identified(kind, other);
        String key = kind.is("scopedId") && !id.contains("/") ? parent + "/" + id : id;
        other.put("id", key);
        object(kind, other);
        link(owner, parent, relation.name(), key);
    }

    /** What others tell of an object is taken if nobody tells it whole. */
    void reference(@Nullable Kind kind, String id, ObjectNode object) {
        boolean something = object.properties().stream()
                .anyMatch(p -> !p.getKey().equals("id")
                        && !p.getKey().contains("@")
                        && !p.getValue().isNull());
        if (kind != null && !id.isEmpty() && something && !seen.contains(key(kind, id))) {
            references.putIfAbsent(key(kind, id), new Reference(kind, object));
        }
    }

    void link(Kind kind, String source, String relation, String target) {
        if (!source.isEmpty() && !target.isEmpty()) {
            links.add(new Link(kind, source, relation, target));
        }
    }

    /** Takes what waited for everything else. */
    void finish() {
        finishing = true;
        later.forEach(Runnable::run);
        for (Reference reference : List.copyOf(references.values())) {
            ObjectNode object = dialect.spelled(reference.object(), reference.kind());
            String id = object.path("id").asText();
            if (seen.add(key(reference.kind(), id))) {
                put(reference.kind(), id, object);
                tally.read(reference.kind().collection() + " of which only others told");
            }
        }
        for (Link link : links) {
            try {
                sink.link(link.kind().collection(), found(link.source()), link.relation(), found(link.target()));
                tally.read("links " + link.relation());
            } catch (IllegalArgumentException dangling) {
                tally.left("links " + link.relation() + " that lead out of the export");
            }
        }
    }

    private String found(String id) {
        return id.startsWith("appId=")
                ? applications.getOrDefault(id.substring("appId=".length()).toLowerCase(Locale.ROOT), "")
                : id;
    }

    private static String key(Kind kind, String id) {
        return kind.collection() + "/" + id.toLowerCase(Locale.ROOT);
    }

    /** The id in an id or an address. */
    private static String reference(String text) {
        if (!text.contains("/") && !text.contains("(")) {
            return text;
        }
        String[] parts = text.replaceAll("\\('([^']*)'\\)", "/$1").split("/");
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("directoryObjects")) {
                return parts[i + 1];
            }
        }
        return parts[parts.length - 1];
    }
}
