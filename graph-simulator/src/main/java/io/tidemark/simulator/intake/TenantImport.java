package io.tidemark.simulator.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tenant that somebody exported: a file or a folder of JSON or lines of JSON in Graph's shapes or in those that shells and
 * collectors make of them. Which table an object belongs to is told by its line, by {@code @odata.context}, by {@code @odata.type},
 * by the names of member, file and folders, or by its properties. Properties that the simulator does not know are kept.
 */
public final class TenantImport {

    private static final Set<String> ENDINGS = Set.of("json", "ndjson", "jsonl", "txt");

    private final Tally tally = new Tally();
    private final Intake intake;
    private final Hound hound;
    private final OwnLines own;
    private final Set<String> unfinished = new TreeSet<>();
    private final Set<String> finished = new TreeSet<>();

    private TenantImport(SeedSink sink) {
        this.intake = new Intake(sink, tally);
        this.hound = new Hound(intake, tally);
        this.own = new OwnLines(sink, intake, tally);
    }

    /** The content of a file or folder; what was read and what was left out is told in lines. */
    public static TenantSeed read(Path from, Consumer<String> lines) {
        return sink -> {
            TenantImport reading = new TenantImport(sink);
            try {
                reading.all(from);
            } catch (IOException e) {
                throw new UncheckedIOException("the tenant could not be read from " + from, e);
            }
            reading.intake.finish();
            reading.unfinished.removeAll(reading.finished);
            reading.unfinished.forEach(name -> reading.tally.left("pages after the last of " + name));
            reading.tally.tell(lines);
        };
    }

    private void all(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            file(from, from.getFileName());
            return;
        }
        try (Stream<Path> found = Files.walk(from)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
                String ending = name.substring(name.lastIndexOf('.') + 1);
                if (ENDINGS.contains(ending)) {
                    file(file, from.relativize(file));
                } else {
                    tally.left("files that are not JSON (" + ending + ")");
                }
            }
        }
    }

    private void file(Path file, @Nullable Path named) throws IOException {
        List<String> names = new ArrayList<>();
        if (named != null) {
            named.forEach(part -> names.add(part.toString()));
            String last = names.get(names.size() - 1);
            int dot = last.lastIndexOf('.');
            names.set(names.size() - 1, dot > 0 ? last.substring(0, dot) : last);
        }
        Place place = Place.of(names);
        try {
            ExportFile.read(file, document -> document(document, place));
        } catch (JsonProcessingException broken) {
            tally.left("files that are not whole JSON (" + named + ")");
        }
    }

    /** One object, a page of a list, answers of a batch, or an object whose members are lists. */
    private void document(JsonNode document, Place place) {
        if (document.isArray()) {
            document.forEach(one -> document(one, place));
        } else if (!(document instanceof ObjectNode object)) {
            tally.left("values that are no objects");
        } else if (own.takes(object)) {
            return;
        } else if (Hound.entry(object)) {
            hound.take(object);
        } else if (object.path("data").isArray() && object.has("meta")) {
            object.path("data").forEach(one -> document(one, place));
        } else if (object.path("responses").isArray()) {
            object.path("responses").forEach(response -> answer(response, place));
        } else if (object.path("value").isArray() && !object.has("id")) {
            page(object, place);
        } else {
            single(object, place);
        }
    }

    private void answer(JsonNode response, Place place) {
        if (response.path("status").asInt() < 300 && response.path("body").isObject()) {
            document(response.path("body"), place);
        } else {
            tally.left("answers without an object");
        }
    }

    private void page(ObjectNode page, Place place) {
        String context = page.path("@odata.context").asText();
        Place at = place.context(context);
        Kind kind = at.kind();
        String name = at.relation() != null ? at.relation().name() : kind == null ? at.name() : kind.collection();
        (page.hasNonNull("@odata.nextLink") ? unfinished : finished).add(name);
        for (JsonNode item : page.path("value")) {
            if (item instanceof ObjectNode object) {
                item(object, at, Place.anything(context));
            }
        }
    }

    private void single(ObjectNode object, Place place) {
        String context = object.path("@odata.context").asText();
        Place at = place.context(context);
        Kind kind = at.kind();
        boolean itself = object.has("id")
                || object.has("@odata.type")
                || Dialect.foreign(object)
                || kind != null && kind.singleton()
                || at.relation() != null
                || Shapes.of(object) != null;
        if (itself || !contains(object, kind)) {
            item(object, at, Place.anything(context));
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isContainerNode()) {
                document(member.getValue(), Place.of(List.of(member.getKey())));
            }
        }
    }

    /** Whether the members are lists or objects of their own, rather than properties. */
    private static boolean contains(ObjectNode object, @Nullable Kind kind) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            boolean own =
                    kind != null && (kind.property(member.getKey()) != null || kind.relation(member.getKey()) != null);
            JsonNode value = member.getValue();
            if (!own && (value.isObject() || value.path(0).isObject())) {
                return true;
            }
        }
        return false;
    }

    /** One object of one table or of one relation. */
    private void item(ObjectNode told, Place place, boolean inPart) {
        if (told.has("@removed")) {
            tally.left("objects that are told as removed");
            return;
        }
        boolean foreign = Dialect.foreign(told);
        ObjectNode object = foreign ? intake.dialect().plain(told) : told;
        boolean bag = foreign && told.path("AdditionalProperties").has("@odata.type");
        Kind kind = kind(object, place);
        Relation relation = place.relation();
        Kind owner = place.kind();
        String ownerId = place.id();
        if (relation != null && owner != null && ownerId != null) {
            intake.related(owner, ownerId, relation, TableNames.typed(type(object)), object);
        } else if (kind == null) {
            tally.left("objects of unknown kind (" + unknown(object, place) + ")");
        } else if (inPart || bag && kind.directoryObject()) {
            intake.reference(kind, object.path("id").asText(), object);
        } else {
            intake.object(kind, object);
        }
    }

    private static String type(ObjectNode object) {
        return object.path("@odata.type").asText();
    }

    private static @Nullable Kind kind(ObjectNode object, Place place) {
        if (place.elsewhere()) {
            return null;
        }
        String type = type(object);
        Kind usual = place.relation() == null ? place.kind() : null;
        Kind typed = type.isEmpty() ? null : TableNames.typed(type);
        if (typed != null && (usual == null || typed.directoryObject() || place.weak())) {
            return typed;
        }
        boolean another = !type.isEmpty() && typed == null && usual != null && !usual.typed();
        if (usual != null && !another && !(place.weak() && Shapes.of(object) != null)) {
            return usual;
        }
        return another ? null : Shapes.of(object);
    }

    private static String unknown(ObjectNode object, Place place) {
        String type = type(object);
        String resource = object.path("ResourceName").asText();
        return !type.isEmpty()
                ? type
                : !resource.isEmpty() ? resource : place.name().isEmpty() ? "?" : place.name();
    }
}
