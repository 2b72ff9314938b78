package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.PropertyTenant.Subject;
import io.tidemark.simulator.PublishedTypes.Declared;
import io.tidemark.simulator.kind.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every property that the published schema gives the kinds against what the simulator does with it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryPropertyTest {

    private static PropertyBench bench;

    @BeforeAll
    static void open() {
        bench = PropertyBench.open();
    }

    @AfterAll
    static void close() throws IOException {
        if (bench != null) {
            bench.close();
            bench.report("every-property.txt");
        }
    }

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.PropertyBench#subjects")
    @Order(1)
    void isReturnedAsItWasTold(String name) {
        Subject subject = bench.tenant.subject(name);
        List<String> faults = new ArrayList<>();
        for (Declared property : bench.properties(subject)) {
            if (bench.excepted(subject, property, "returned") || bench.hidden(subject)) {
                continue;
            }
            bench.count("property");
            Answer answer = bench.tenant.graph().get(subject.path() + "?$select=" + property.name());
            JsonNode told = subject.values().get(property.name());
            JsonNode shown = answer.body().get(property.name());
            boolean secret = subject.kind().secret(property.name());
            if (answer.status() != 200
                    || !(secret ? bench.absent(shown) : bench.same(bench.asShown(subject, property, told), shown))) {
                faults.add(property.name() + ": told " + told + ", shown " + answer.status() + " "
                        + (answer.status() == 200 ? shown : answer.message()));
            }
            bench.count(secret ? "never shown" : "returned");
        }
        withoutSelection(subject, faults);

        assertThat(faults).isEmpty();
    }

    private static void withoutSelection(Subject subject, List<String> faults) {
        if (bench.hidden(subject)) {
            return;
        }
        JsonNode whole = bench.tenant.graph().get(subject.path()).body();
        for (Declared property : bench.properties(subject)) {
            Kind kind = subject.kind();
            boolean usual = kind.defaults().contains(property.name())
                    || (kind.typed() && !kind.selectOnly(property.name()) && !kind.secret(property.name()));
            if (usual != whole.has(property.name()) && !bench.excepted(subject, property, "returned")) {
                faults.add(property.name() + (usual ? " is missing" : " is shown") + " without a selection");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.PropertyBench#subjects")
    @Order(2)
    void isChangedOrRefusedByName(String name) {
        Subject subject = bench.tenant.subject(name);
        String method = changing(subject);
        List<String> faults = new ArrayList<>();
        if (method == null) {
            refusedAsAWhole(subject, faults);
        }
        for (Declared property : method == null ? List.<Declared>of() : bench.properties(subject)) {
            if (bench.excepted(subject, property, "changed")) {
                continue;
            }
            for (JsonNode value : bench.values(subject, property)) {
                change(subject, method, property, value, faults);
            }
            for (JsonNode value : new JsonNode[] {bench.examples.wrong(property), bench.examples.misfit(property)}) {
                if (value != null) {
                    wrong(subject, method, property, value, faults);
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    private static void refusedAsAWhole(Subject subject, List<String> faults) {
        if (subject.path().isEmpty()) {
            return;
        }
        Answer answer = bench.tenant.graph().patch(subject.path(), "{}");
        if (answer.status() != 405 && answer.status() != 400 && answer.status() != 403 && answer.status() != 404) {
            faults.add("cannot be changed, yet a change is answered with " + answer.status());
        }
        bench.properties(subject).forEach(property -> bench.count("refused with its kind"));
    }

    private static void change(Subject subject, String method, Declared property, JsonNode value, List<String> faults) {
        ObjectNode body = body(subject, method, property, value);
        Answer answer = bench.send(subject, property, method, subject.path(), body);
        if (answer.status() >= 400) {
            refused(subject, property, value, answer, faults);
            return;
        }
        bench.count("changed values");
        Answer read = bench.tenant
                .graph()
                .get(subject.path() + "?$select=" + property.name(), "Prefer", "include-unknown-enum-members");
        JsonNode shown = read.body().get(property.name());
        boolean secret = subject.kind().secret(property.name());
        if (answer.status() >= 300
                || !(secret ? bench.absent(shown) : bench.same(bench.asShown(subject, property, value), shown))) {
            faults.add(property.name() + ": sent " + value + ", " + answer.status() + ", shown " + shown);
        }
    }

    private static void refused(
            Subject subject, Declared property, JsonNode value, Answer answer, List<String> faults) {
        String said = answer.status() + " " + answer.code() + " " + answer.message();
        String special = bench.table
                .path("special")
                .path(subject.kind().collection())
                .path(property.name())
                .asText("");
        boolean expected = special.isEmpty()
                ? bench.fixed(subject, property) && answer.status() == 400 && bench.names(answer, property.name())
                : said.startsWith(special);
        bench.count(
                !special.isEmpty()
                        ? "refused in a way of its own"
                        : subject.kind().createOnly(property.name())
                                ? "refused after creation"
                                : "refused as read-only");
        if (!expected) {
            faults.add(property.name() + ": sent " + value + ", refused: " + said);
        }
    }

    private static void wrong(Subject subject, String method, Declared property, JsonNode value, List<String> faults) {
        Answer answer = bench.send(subject, property, method, subject.path(), body(subject, method, property, value));
        if (answer.status() != 400
                || answer.code().isEmpty()
                || !(bench.names(answer, property.name()) || bench.schema1007(answer))) {
            faults.add(property.name() + ": misfit " + value + ": " + answer.status() + " " + answer.code() + " "
                    + answer.message());
        }
        bench.count("misfits refused");
    }

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.PropertyBench#subjects")
    @Order(3)
    void takesNoInventedProperty(String name) {
        Subject subject = bench.tenant.subject(name);
        String method = changing(subject);
        if (method == null || subject.kind().is("open")) {
            return;
        }
        ObjectNode body = PropertyBench.MAPPER.createObjectNode().put("inventedProperty", 1);
        Answer asked = bench.tenant.graph().raw(method, subject.path(), body.toString());
        Answer answer =
                asked.status() == 403 ? bench.tenant.user().raw(method, subject.path(), body.toString()) : asked;

        assertThat(answer.status()).as(answer.message()).isEqualTo(400);
        assertThat(bench.names(answer, "inventedProperty") || bench.schema1007(answer))
                .as(answer.message())
                .isTrue();
        bench.count("invented refused");
    }

    private static ObjectNode body(Subject subject, String method, Declared property, JsonNode value) {
        ObjectNode body = PropertyBench.MAPPER.createObjectNode();
        if (subject.values().has("@odata.type")) {
            body.set("@odata.type", subject.values().get("@odata.type"));
        }
        if (method.equals("PUT")) {
            subject.kind()
                    .required()
                    .forEach(required -> body.set(required, subject.values().get(required)));
        }
        body.set(property.name(), value);
        return body;
    }

    private static String changing(Subject subject) {
        if (subject.path().isEmpty()) {
            return null;
        }
        return subject.kind().allows("PATCH") ? "PATCH" : subject.kind().allows("PUT") ? "PUT" : null;
    }
}
