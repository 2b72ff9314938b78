package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.PublishedTypes.Declared;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SeedSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A tenant that holds one object of every type of every kind, with a value in every property. */
final class PropertyTenant implements AutoCloseable {

    private static final String CALLER = "44444444-dddd-4ddd-8ddd-444444444444";
    private static final String SECRET = "s3cret";
    private static final Clock NOW = Clock.fixed(Instant.parse("2027-02-25T08:00:00Z"), ZoneOffset.UTC);

    /**
     * One object.
     *
     * @param type its type in the schema
     * @param path where it is served
     * @param collection where objects like it are made
     * @param values what it was told with
     */
    record Subject(Kind kind, String type, String path, String collection, ObjectNode values) {
        /** What it is addressed by. */
        String key() {
            return values.path(kind.keyedBy() == null ? "id" : kind.keyedBy()).asText();
        }

        @Override
        public String toString() {
            return kind.collection() + " " + type;
        }
    }

    private final PublishedTypes types;
    private final ExampleValues examples;
    private final JsonNode table;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();
    private final GraphSimulator simulator;
    private final GraphClient graph;
    private final GraphClient user;

    PropertyTenant(PublishedTypes types, JsonNode table) {
        this.types = types;
        this.examples = new ExampleValues(types);
        this.table = table;
        Kinds.all().values().forEach(kind -> concrete(kind).forEach(type -> describe(kind, type)));
        simulator = GraphSimulator.start(
                SimulatorConfig.builder().tenantSeed(this::emit).time(NOW).build());
        graph = new GraphClient(simulator.graphUrl(), GraphClient.token(simulator, CALLER, SECRET));
        user = new GraphClient(
                simulator.graphUrl(),
                GraphClient.token(simulator, simulator.tenant().id(), CALLER, SECRET, true));
    }

    static JsonNode resource(String name) {
        try (InputStream in = PropertyTenant.class.getResourceAsStream("/properties/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ObjectMapper()
                    .readTree(Pattern.compile("\\{(\\w+ \\w+)}").matcher(text).replaceAll(named -> id(named.group(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the object with this name, which a text of the table names in braces. */
    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The types whose objects a kind holds. */
    static List<String> types(PublishedTypes published, Kind kind) {
        if (kind.typed()) {
            return published.concrete(kind.type()).stream()
                    .filter(type -> kind.properties()
                            .keySet()
                            .containsAll(published.properties(type).stream()
                                    .map(Declared::name)
                                    .toList()))
                    .toList();
        }
        return List.of(kind.type());
    }

    private List<String> concrete(Kind kind) {
        JsonNode reduced = table.path("types").path(kind.collection());
        if (!reduced.isMissingNode()) {
            return Stream.of(reduced.asText().split(" ")).toList();
        }
        return types(types, kind);
    }

    GraphClient graph() {
        return graph;
    }

    GraphSimulator simulator() {
        return simulator;
    }

    /** The same caller with a user signed in. */
    GraphClient user() {
        return user;
    }

    Subject subject(String name) {
        return subjects.get(name);
    }

    private Subject describe(Kind kind, String type) {
        String name = kind.collection() + " " + type;
        if (!subjects.containsKey(name)) {
            ObjectNode values = Json.object();
            String id = id(name);
            values.put("id", id);
            if (kind.typed() || !type.equals(kind.type())) {
                values.put("@odata.type", "#microsoft.graph." + type);
            }
            for (Declared property : types.properties(type)) {
                if (!property.type().equals("Stream") && !property.name().equals("id")) {
                    values.set(property.name(), examples.of(property, 0));
                }
            }
            if (values.has("deletedDateTime")) {
                values.putNull("deletedDateTime");
            }
            own(kind.collection(), values);
            String key = kind.keyedBy() == null ? "id" : kind.keyedBy();
            subjects.put(name, address(kind, type, values, values.path(key).asText()));
        }
        return subjects.get(name);
    }

    /** Values that the table of the test gives, where made-up ones would contradict a rule. */
    private void own(String collection, ObjectNode values) {
        table.path("values").path(collection).properties().forEach(value -> {
            if (values.has(value.getKey())) {
                values.set(value.getKey(), value.getValue());
            }
        });
    }

    private Subject address(Kind kind, String type, ObjectNode values, String id) {
        if (!kind.paths().isEmpty()) {
            String path = "/" + kind.paths().get(0);
            return new Subject(kind, type, kind.singleton() ? path : path + "/" + id, path, values);
        }
        Parent parent = parent(kind);
        if (parent == null) {
            return new Subject(kind, type, "", "", values);
        }
        Subject above = describe(
                parent.kind(),
                parent.kind().typed()
                        ? concrete(parent.kind()).get(0)
                        : parent.kind().type());
        Relation relation = parent.relation();
        if (relation.form() == Relation.Form.ROWS) {
            values.put(relation.via(), above.values().path("id").asText());
        }
        String path = above.path() + "/" + relation.name();
        return new Subject(kind, type, relation.single() ? path : path + "/" + id, path, values);
    }

    private record Parent(Kind kind, Relation relation) {}

    private Parent parent(Kind kind) {
        String wanted = table.path("parents").path(kind.collection()).asText("");
        for (Kind above : Kinds.all().values()) {
            for (Relation relation : above.relations()) {
                boolean named = wanted.isEmpty() || wanted.equals(above.collection() + " " + relation.name());
                if (named
                        && relation.rows()
                        && (!relation.readOnly() || !wanted.isEmpty())
                        && relation.targets().contains(kind.collection())) {
                    return new Parent(above, relation);
                }
            }
        }
        return null;
    }

    private void emit(SeedSink sink) {
        sink.appRegistration(ClientRegistration.withSecret(CALLER, "test-admin", SECRET, permissions()));
        subjects.values().forEach(subject -> tell(sink, subject));
        table.path("more")
                .properties()
                .forEach(more -> more.getValue().forEach(object -> sink.object(more.getKey(), object.deepCopy())));
    }

    private static Set<String> permissions() {
        Set<String> all = new TreeSet<>(Permissions.all());
        all.add("CustomSecAttributeAssignment.ReadWrite.All");
        return all;
    }

    private void tell(SeedSink sink, Subject subject) {
        if (subject.path().isEmpty() || told.containsKey(subject.toString())) {
            return;
        }
        Kind kind = subject.kind();
        Parent parent = kind.paths().isEmpty() ? parent(kind) : null;
        Subject above = parent == null ? null : above(parent);
        if (above != null) {
            tell(sink, above);
        }
        String id = subject.key();
        ObjectNode object = subject.values().deepCopy();
        if (above != null && kind.is("scopedId")) {
            id = told.get(above.toString()) + "/" + id;
            object.put("id", id);
        }
        told.put(subject.toString(), id);
        sink.object(kind.collection(), object);
        if (above != null && parent.relation().form() == Relation.Form.CHILDREN) {
            sink.link(
                    parent.kind().collection(),
                    told.get(above.toString()),
                    parent.relation().name(),
                    id);
        }
    }

    private Subject above(Parent parent) {
        return describe(
                parent.kind(),
                parent.kind().typed()
                        ? concrete(parent.kind()).get(0)
                        : parent.kind().type());
    }

    @Override
    public void close() {
        simulator.close();
    }
}
