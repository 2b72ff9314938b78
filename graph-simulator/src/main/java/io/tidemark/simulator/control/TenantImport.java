package io.tidemark.simulator.control;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Json;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Kinds;
import io.tidemark.simulator.tenant.Relation;
import io.tidemark.simulator.tenant.SealedSecret;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tenant that somebody exported: a file or a folder of JSON or lines of JSON in Graph's shapes. Which table an object
 * belongs to is told by its line, by {@code @odata.context}, by {@code @odata.type}, or by the name of its member, file or folder.
 * Properties that the simulator does not know are kept.
 */
public final class TenantImport {

    private static final String BIND = "@odata.bind";
    private static final ObjectReader READER =
            Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, Kind> BY_NAME = names();

    private record Link(Kind kind, String source, String relation, String target) {}

    private final SeedSink sink;
    private final Set<String> seen = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, Integer> told = new TreeMap<>();
    private final Map<String, Integer> left = new TreeMap<>();

    private TenantImport(SeedSink sink) {
        this.sink = sink;
    }

    private static Map<String, Kind> names() {
        Map<String, Kind> names = new HashMap<>();
        for (Kind kind : Kinds.all().values()) {
            names.putIfAbsent(kind.type().toLowerCase(Locale.ROOT), kind);
        }
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                names.put(path.toLowerCase(Locale.ROOT), kind);
                names.putIfAbsent(path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT), kind);
            }
            names.put(kind.collection().toLowerCase(Locale.ROOT), kind);
        }
        return names;
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
            reading.link();
            reading.told.forEach((what, count) -> lines.accept("read " + count + " " + what));
            reading.left.forEach((what, count) -> lines.accept("left out " + count + " " + what));
        };
    }

    private void all(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            file(from, null);
            return;
        }
        try (Stream<Path> found = Files.walk(from)) {
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
                if (name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
                    file(file, named(from, file));
                }
            }
        }
    }

    /** The table that a file's name or one of the folders above it names; the nearest counts. */
    private static @Nullable Kind named(Path root, Path file) {
        Path relative = root.relativize(file);
        for (int i = relative.getNameCount() - 1; i >= 0; i--) {
            String name = relative.getName(i).toString();
            int dot = name.indexOf('.');
            Kind kind = kind(dot > 0 ? name.substring(0, dot) : name);
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    private static @Nullable Kind kind(String name) {
        String plain = name.startsWith("#microsoft.graph.") ? name.substring("#microsoft.graph.".length()) : name;
        return BY_NAME.get(plain.toLowerCase(Locale.ROOT));
    }

    private void file(Path file, @Nullable Kind usual) throws IOException {
        try (JsonParser parser = Json.mapper().getFactory().createParser(file.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    continue;
                }
                if (token == JsonToken.START_OBJECT) {
                    document(READER.readTree(parser), usual);
                }
            }
        }
    }

    /** One object, a page of a list, or an object whose members are lists. */
    private void document(JsonNode document, @Nullable Kind usual) {
        if (document.path("object").isObject() && document.path("collection").isTextual()) {
            Kind kind = kind(document.path("collection").asText());
            ObjectNode object = (ObjectNode) document.path("object");
            document.path("links")
                    .properties()
                    .forEach(relation -> relation.getValue()
                            .forEach(id -> later(kind, object.path("id").asText(), relation.getKey(), id.asText())));
            object(object, kind);
            return;
        }
        if (document.path("client").path("clientId").isTextual()) {
            client(document.path("client"));
            return;
        }
        if (document.path("secret").path("hash").isTextual()) {
            sink.secret(document.path("secret").path("of").asText(), SealedSecret.of(document.path("secret")));
            told.merge("secrets", 1, Integer::sum);
            return;
        }
        Kind kind = context(document, usual);
        if (document.path("value").isArray()) {
            document.path("value").forEach(item -> object(item, kind));
        } else if (document.has("id") || document.has("@odata.type") || kind != null && kind.singleton()) {
            object(document, kind);
        } else {
            document.properties().forEach(member -> {
                Kind named = kind(member.getKey());
                if (member.getValue().isArray()) {
                    member.getValue().forEach(item -> object(item, named));
                } else if (member.getValue().path("value").isArray()) {
                    member.getValue().path("value").forEach(item -> object(item, named));
                } else if (member.getValue().isObject()) {
                    object(member.getValue(), named);
                }
            });
        }
    }

    private void client(JsonNode client) {
        Set<String> permissions = new HashSet<>();
        client.path("permissions").forEach(one -> permissions.add(one.asText()));
        sink.appRegistration(new ClientRegistration(
                client.path("clientId").asText(),
                client.path("displayName").asText(),
                client.path("servicePrincipalId").textValue(),
                null,
                client.path("certificateThumbprint").textValue(),
                client.path("federatedIssuer").textValue(),
                permissions));
        told.merge("clients", 1, Integer::sum);
    }

    private static @Nullable Kind context(JsonNode document, @Nullable Kind usual) {
        String context = document.path("@odata.context").asText();
        int hash = context.indexOf("$metadata#");
        if (hash < 0) {
            return usual;
        }
        String of = context.substring(hash + "$metadata#".length()).replaceAll("[(/]\\$entity.*|\\(.*", "");
        Kind named = kind(of);
        return named == null ? usual : named;
    }

    private void object(JsonNode node, @Nullable Kind usual) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        Kind typed = kind(object.path("@odata.type").asText());
        Kind kind = typed != null && (usual == null || typed.directoryObject()) ? typed : usual;
        if (kind == null) {
            left.merge("objects of unknown kind", 1, Integer::sum);
            return;
        }
        String id = object.path("id").asText();
        if (!id.isEmpty() && !seen.add(kind.collection() + "/" + id.toLowerCase(Locale.ROOT))) {
            left.merge(kind.collection() + " told twice", 1, Integer::sum);
            return;
        }
        inline(kind, id, object);
        if (typed != null && typed.type().equalsIgnoreCase(kind.type())) {
            object.remove("@odata.type");
        }
        object.remove("@odata.context");
        sink.object(kind.collection(), object);
        told.merge(kind.collection(), 1, Integer::sum);
    }

    /** Takes links that stand in an object, as an expanded relation or as references. */
    private void inline(Kind kind, String id, ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String plain = name.endsWith(BIND) ? name.substring(0, name.length() - BIND.length()) : name;
            Relation relation = kind.properties().containsKey(plain) ? null : kind.relation(plain);
            if (relation == null || relation.form() == Relation.Form.CHILDREN) {
                continue;
            }
            JsonNode value = object.remove(name);
            if (relation.form() == Relation.Form.STORED) {
                if (value.isArray()) {
                    value.forEach(one -> later(kind, id, relation.name(), reference(one)));
                } else {
                    later(kind, id, relation.name(), reference(value));
                }
            }
        }
    }

    private static String reference(JsonNode one) {
        String text = one.isTextual()
                ? one.asText()
                : one.path("id").asText(one.path("@odata.id").asText());
        String[] parts = text.replaceAll("\\('([^']*)'\\)", "/$1").split("/");
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("directoryObjects")) {
                return parts[i + 1];
            }
        }
        return parts[parts.length - 1];
    }

    private void later(@Nullable Kind kind, String source, String relation, String target) {
        if (kind != null && !source.isEmpty() && !target.isEmpty()) {
            links.add(new Link(kind, source, relation, target));
        }
    }

    private void link() {
        for (Link link : links) {
            try {
                sink.link(link.kind().collection(), link.source(), link.relation(), link.target());
                told.merge("links " + link.relation(), 1, Integer::sum);
            } catch (IllegalArgumentException dangling) {
                left.merge("links " + link.relation() + " that lead out of the export", 1, Integer::sum);
            }
        }
    }
}
