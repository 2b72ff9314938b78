package io.tidemark.simulator;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.PropertyTenant.Subject;
import io.tidemark.simulator.PublishedTypes.Declared;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the tests of every property share: the schema, a tenant with every type, and how answers are judged. */
final class PropertyBench implements AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();

    final ExampleValues examples;
    final JsonNode table;
    final PropertyTenant tenant;
    private final PublishedTypes types;
    private final Map<String, Integer> counts = new TreeMap<>();

    private PropertyBench(PublishedTypes types) {
        this.types = types;
        this.examples = new ExampleValues(types);
        this.table = PropertyTenant.resource("objects.json");
        this.tenant = new PropertyTenant(types, table);
    }

    static PropertyBench open() {
        assumeThat(Files.exists(schema()))
                .as("reference.data names a folder with Graph's published schema")
                .isTrue();
        return new PropertyBench(PublishedTypes.read(schema()));
    }

    private static Path schema() {
        return Path.of(System.getProperty("reference.data", ""), "graph-v1.0-metadata.xml");
    }

    /** The names of the types of all kinds; one that stands for none without the schema. */
    static Stream<String> subjects() {
        Path schema = schema();
        if (!Files.exists(schema)) {
            return Stream.of("nothing");
        }
        PublishedTypes published = PublishedTypes.read(schema);
        JsonNode reduced = PropertyTenant.resource("objects.json").path("types");
        return Kinds.all().values().stream()
                .flatMap(kind -> (reduced.has(kind.collection())
                                ? Stream.of(
                                        reduced.path(kind.collection()).asText().split(" "))
                                : PropertyTenant.types(published, kind).stream())
                        .map(type -> kind.collection() + " " + type));
    }

    /** Sends as the application, and with a user signed in what applications may not do. */
    Answer send(Subject subject, Declared property, String method, String path, ObjectNode body) {
        Answer answer = tenant.graph().raw(method, path, body.toString());
        boolean readOnly = method.equals("POST") ? subject.kind().readOnly(property.name()) : fixed(subject, property);
        if (answer.status() == 403 || (answer.status() == 400 && !readOnly)) {
            Answer again = tenant.user().raw(method, path, body.toString());
            if (again.status() < 300) {
                count("taken from a signed-in user only");
            }
            return again;
        }
        return answer;
    }

    /** Whether the table says that the property of an existing object stays as it is. */
    boolean fixed(Subject subject, Declared property) {
        Kind kind = subject.kind();
        return kind.readOnly(property.name())
                || kind.createOnly(property.name())
                || property.name().equals(kind.keyedBy() == null ? "id" : kind.keyedBy());
    }

    JsonNode asShown(Subject subject, Declared property, JsonNode value) {
        return subject.kind().masked(property.name()) ? MAPPER.valueToTree("******") : value;
    }

    List<Declared> properties(Subject subject) {
        return types.properties(subject.type()).stream()
                .filter(property -> !property.type().equals("Stream"))
                .toList();
    }

    List<JsonNode> values(Subject subject, Declared property) {
        JsonNode given = table.path("changes").path(subject.kind().collection()).path(property.name());
        if (given.isMissingNode()) {
            List<JsonNode> values = new ArrayList<>(examples.all(property));
            values.remove(0);
            values.add(examples.of(property, 0));
            return values;
        }
        List<JsonNode> values = new ArrayList<>();
        given.forEach(values::add);
        return values;
    }

    /** Kinds whose objects are made and never read. */
    boolean hidden(Subject subject) {
        return subject.path().isEmpty() || !subject.kind().allows("GET");
    }

    boolean excepted(Subject subject, Declared property, String check) {
        String kind = subject.kind().collection();
        for (JsonNode exception : table.path("exceptions")) {
            boolean meant = exception.path("kind").asText().equals(kind)
                    && (!exception.has("type")
                            || exception.path("type").asText().equals(subject.type()))
                    && (!exception.has("property")
                            || (property != null
                                    && List.of(exception
                                                    .path("property")
                                                    .asText()
                                                    .split(" "))
                                            .contains(property.name())))
                    && exception.path("check").asText().contains(check);
            if (meant) {
                count("exceptions");
                return true;
            }
        }
        return false;
    }

    boolean names(Answer answer, String property) {
        return answer.message().contains("'" + property + "'")
                || answer.message().contains("'" + property + "/");
    }

    boolean schema1007(Answer answer) {
        return answer.message().startsWith("1007:");
    }

    boolean absent(JsonNode shown) {
        return shown == null || shown.isNull() || shown.isEmpty();
    }

    boolean same(JsonNode told, JsonNode shown) {
        try {
            return told != null
                    && shown != null
                    && MAPPER.readTree(told.toString()).equals(shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Writes down what was counted. */
    void report(String name) throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", name), counts + System.lineSeparator());
    }

    @Override
    public void close() {
        tenant.close();
    }
}
