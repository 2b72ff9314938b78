package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.PropertyTenant.Subject;
import io.tidemark.simulator.PublishedTypes.Declared;
import io.tidemark.simulator.kind.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every property that the published schema gives the kinds against what becomes of it at creation. */
class EveryPropertyAtCreationTest {

    private static PropertyBench bench;
    private static int made;

    @BeforeAll
    static void open() {
        bench = PropertyBench.open();
    }

    @AfterAll
    static void close() throws IOException {
        if (bench != null) {
            bench.close();
            bench.report("every-property-at-creation.txt");
        }
    }

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.PropertyBench#subjects")
    void isTakenAtCreationOrRefusedByName(String name) {
        Subject subject = bench.tenant.subject(name);
        List<String> faults = new ArrayList<>();
        JsonNode created = bench.table.path("created");
        JsonNode least = created.has(name)
                ? created.path(name)
                : created.path(subject.kind().collection());
        for (JsonNode alone : bench.table.path("alone")) {
            if (alone.asText().equals(subject.kind().collection())) {
                bench.tenant.graph().delete(subject.path());
            }
        }
        JsonNode whole = bench.table.path("whole").path(subject.kind().collection());
        if (whole.isObject()) {
            createWhole(subject, (ObjectNode) whole, faults);
        } else if (subject.kind().allows("POST")
                && !subject.path().isEmpty()
                && !subject.collection().equals(subject.path())
                && !bench.excepted(subject, null, "created")) {
            for (Declared property : bench.properties(subject)) {
                if (!bench.excepted(subject, property, "created")) {
                    create(subject, least, property, faults);
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    private static void create(Subject subject, JsonNode least, Declared property, List<String> faults) {
        Kind kind = subject.kind();
        ObjectNode body = least(subject, least);
        JsonNode value = body.has(property.name())
                ? body.get(property.name())
                : bench.values(subject, property).get(0);
        body.set(property.name(), value);
        String collection =
                bench.table.path("collections").path(kind.collection()).asText(subject.collection());
        Answer answer = bench.send(subject, property, "POST", collection, body);
        if (answer.status() >= 400) {
            boolean readOnly = kind.readOnly(property.name()) && bench.names(answer, property.name());
            JsonNode specials = bench.table.path("specialAtCreation").path(kind.collection());
            String special =
                    specials.path(property.name()).asText(specials.path("*").asText(""));
            String said = answer.status() + " " + answer.code() + " " + answer.message();
            boolean expected = answer.status() == 400 && readOnly;
            if (!expected && (special.isEmpty() || !said.startsWith(special))) {
                faults.add(property.name() + ": created with " + body + ", refused: " + said);
            }
            bench.count("refused at creation");
            return;
        }
        bench.count("taken at creation");
        String id = answer.body()
                .path(kind.keyedBy() == null ? "id" : kind.keyedBy())
                .asText();
        String path = collection + "/" + id;
        JsonNode shown = kind.allows("GET")
                ? bench.tenant
                        .graph()
                        .get(path + "?$select=" + property.name())
                        .body()
                        .get(property.name())
                : answer.body().get(property.name());
        if (!(kind.secret(property.name())
                ? bench.absent(shown)
                : bench.same(bench.asShown(subject, property, value), shown))) {
            faults.add(property.name() + ": created with " + value + ", " + answer.status() + ", shown " + shown);
        }
        if (kind.allows("DELETE")) {
            bench.tenant.user().delete(path);
            bench.tenant.user().delete("/directory/deletedItems/" + id);
        }
    }

    /** Objects that can be made once only have everything at once. */
    private static void createWhole(Subject subject, ObjectNode body, List<String> faults) {
        Answer answer = bench.tenant.graph().raw("POST", subject.collection(), body.toString());
        JsonNode shown = bench.tenant
                .graph()
                .get(subject.collection() + "/" + answer.body().path("id").asText())
                .body();
        for (Declared property : bench.properties(subject)) {
            String name = property.name();
            if (bench.excepted(subject, property, "created")) {
                continue;
            }
            boolean sent = body.has(name) && !subject.kind().readOnly(name);
            if (sent
                    ? !bench.same(body.get(name), shown.get(name))
                    : !subject.kind().readOnly(name)) {
                faults.add(name + ": sent " + body.get(name) + ", " + answer.status() + " " + answer.message()
                        + ", shown " + shown.get(name));
            }
            bench.count(sent ? "taken at creation" : "refused at creation");
        }
    }

    /** The least that a new object must have. */
    private static ObjectNode least(Subject subject, JsonNode given) {
        ObjectNode body = PropertyBench.MAPPER.createObjectNode();
        if (subject.values().has("@odata.type")) {
            body.set("@odata.type", subject.values().get("@odata.type"));
        }
        subject.kind()
                .required()
                .forEach(required -> body.set(required, subject.values().get(required)));
        given.properties().forEach(one -> body.set(one.getKey(), one.getValue()));
        try {
            return (ObjectNode)
                    PropertyBench.MAPPER.readTree(body.toString().replace("{n}", String.format("%04d", ++made)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
