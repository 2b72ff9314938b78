package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.sample.SampleClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A script blanks what applications and people have added to users and groups. Each test goes on from where the one before it ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExtensionsBlankedScenario {

    private static final int WORKERS = 50;
    private static final String ATTRIBUTES = "onPremisesExtensionAttributes";
    private static final String OPEN = "org.example.desk";

    private WipedTenant tenant;
    private HelpdeskTool tool;
    private ExportedTenant before;
    private String badge;
    private String costs;
    private List<String> workers;
    private String team;
    private String odd;
    private String snapshot;
    private JsonNode report;
    private JsonNode planned;

    @BeforeAll
    void valuesAreSetCapturedAndBlanked() {
        tenant = WipedTenant.open("extensions-blanked", 47, 20, 200, Map.of());
        tool = new HelpdeskTool(tenant.stack());
        extend(tenant.export());
        before = tenant.export();
        JsonNode sealed = tenant.sealed("FULL");
        snapshot = sealed.path("snapshotId").asText();
        assertThat(sealed.path("state").asText()).isEqualTo("SEALED");

        blank();
        tenant.ingest();
        tenant.sealed("FULL");
    }

    @AfterAll
    void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    @Test
    @Order(1)
    void theReportNamesEveryBlankedValueAndNothingElse() {
        Set<Fact> truth = withoutForeign(before.differencesTo(tenant.export()));
        report = tenant.report("snapshot:" + snapshot, "live");

        assertThat(Facts.of(tenant.items(report))).containsExactlyInAnyOrderElementsOf(truth);
        assertThat(truth.stream().filter(fact -> fact.what().equals(badge))).hasSize(WORKERS + 1);
        assertThat(truth.stream().filter(fact -> fact.what().startsWith(ATTRIBUTES + "/")))
                .hasSizeGreaterThan(WORKERS);
        JsonNode foreign = tenant.report("snapshot:" + snapshot, "live", Set.of("userExtensions"));
        assertThat(tenant.items(foreign).stream().map(item -> item.path("id").asText()))
                .containsExactly(odd);
    }

    @Test
    @Order(2)
    void theReportSaysWhoBlankedThem() {
        String script = tenant.clientId(SampleClients.HELPDESK_TOOL);
        Map<String, Set<String>> found = new TreeMap<>();
        tenant.items(report).forEach(item -> DepartmentWipedByScriptScenario.attributions(item, found));

        Set<Fact> truth = withoutForeign(before.differencesTo(tenant.export()));
        assertThat(truth)
                .filteredOn(fact -> !fact.isModified())
                .allSatisfy(fact -> assertThat(
                                found.getOrDefault(fact.type() + " " + fact.id() + " " + fact.what(), Set.of()))
                        .as(fact.toString())
                        .containsExactly(script + " 127.0.0.1"));
    }

    @Test
    @Order(3)
    void whatThisVersionDoesNotPutBackIsListedWithTheReason() {
        Stream<String> users = workers.stream().map(id -> "user|" + id);
        planned = tenant.planned(
                snapshot,
                Stream.concat(users, Stream.of("group|" + team, "userExtensions|" + odd, "schemaExtension|" + costs)));

        List<JsonNode> unrestorable = new ArrayList<>();
        planned.at("/plan/unrestorable").forEach(unrestorable::add);
        assertThat(unrestorable).as("plan: %s", planned.path("plan")).anySatisfy(point -> {
            assertThat(point.path("type").asText()).isEqualTo("userExtensions");
            assertThat(point.path("id").asText()).isEqualTo(odd);
            assertThat(point.path("reason").asText()).isNotBlank();
        });
    }

    @Test
    @Order(4)
    void everyBlankedValueComesBack() {
        tenant.execute(planned);
        JsonNode ended = tenant.ended(planned);

        ExportedTenant now = tenant.export();
        for (String worker : workers) {
            assertThat(now.object("user", worker).path(ATTRIBUTES))
                    .isEqualTo(before.object("user", worker).path(ATTRIBUTES));
            assertThat(now.object("user", worker).path(badge))
                    .isEqualTo(before.object("user", worker).path(badge));
        }
        assertThat(now.text("group", team, badge)).contains("T-1");
        assertThat(withoutForeign(before.differencesTo(now))).isEmpty();
        assertThat(Effects.repeated(tenant.effectsOfRestores())).isEmpty();
        List<String> left = new ArrayList<>();
        ended.at("/result/leftovers")
                .forEach(point -> left.add(
                        point.path("type").asText() + "|" + point.path("id").asText()));
        assertThat(left)
                .contains("userExtensions|" + odd)
                .isSubsetOf("userExtensions|" + odd, "schemaExtension|" + costs);
    }

    /** Values of a directory extension on users and a group, and of a schema extension and an open one on one user. */
    private void extend(ExportedTenant now) {
        String application =
                tool.get("/applications?$select=id&$top=1").at("/value/0/id").asText();
        badge = tool.send(
                        "POST",
                        "/applications/" + application + "/extensionProperties",
                        "{\"name\":\"badge\",\"dataType\":\"String\",\"targetObjects\":[\"User\",\"Group\"]}")
                .path("name")
                .asText();
        workers = now.ids("user").stream()
                .filter(id ->
                        !now.object("user", id).path("onPremisesSyncEnabled").asBoolean())
                .filter(id -> !Facts.leaves("", now.object("user", id).path(ATTRIBUTES))
                        .isEmpty())
                .limit(WORKERS)
                .toList();
        assertThat(workers).hasSize(WORKERS);
        IntStream.range(0, WORKERS)
                .forEach(i -> act("PATCH", "/users/" + workers.get(i), "{\"" + badge + "\":\"B-" + i + "\"}"));
        team = now.ids("group").stream()
                .filter(id ->
                        !now.object("group", id).path("onPremisesSyncEnabled").asBoolean())
                .findFirst()
                .orElseThrow();
        act("PATCH", "/groups/" + team, "{\"" + badge + "\":\"T-1\"}");
        odd = workers.get(0);
        costs = tool.send(
                        "POST",
                        "/schemaExtensions",
                        "{\"id\":\"costs\",\"description\":\"cost centres\",\"targetTypes\":[\"User\"],"
                                + "\"properties\":[{\"name\":\"centre\",\"type\":\"String\"}]}")
                .path("id")
                .asText();
        act("PATCH", "/users/" + odd, "{\"" + costs + "\":{\"centre\":\"4711\"}}");
        act(
                "POST",
                "/users/" + odd + "/extensions",
                "{\"@odata.type\":\"microsoft.graph.openTypeExtension\",\"extensionName\":\"" + OPEN
                        + "\",\"floor\":3}");
    }

    /** The script: it blanks the users' values and writes a wrong one to the group. */
    private void blank() {
        String nothing = IntStream.rangeClosed(1, 15)
                .mapToObj(i -> "\"extensionAttribute" + i + "\":null")
                .collect(Collectors.joining(",", "{", "}"));
        for (String worker : workers) {
            act("PATCH", "/users/" + worker, "{\"" + ATTRIBUTES + "\":" + nothing + ",\"" + badge + "\":null}");
        }
        act("PATCH", "/groups/" + team, "{\"" + badge + "\":\"T-wrong\"}");
        act("PATCH", "/users/" + odd, "{\"" + costs + "\":null}");
        act("DELETE", "/users/" + odd + "/extensions/" + OPEN, "");
    }

    /** What is compared as a kind of its own is no property of the user, and does not make the user a changed one. */
    private Set<Fact> withoutForeign(Set<Fact> facts) {
        Set<Fact> own = Facts.empty();
        facts.stream().filter(fact -> !fact.what().startsWith(costs + "/")).forEach(own::add);
        Set<String> changed = own.stream()
                .filter(fact -> !fact.isModified())
                .map(fact -> fact.type() + "|" + fact.id())
                .collect(Collectors.toSet());
        own.removeIf(fact -> fact.isModified() && !changed.contains(fact.type() + "|" + fact.id()));
        return own;
    }

    private void act(String method, String path, String body) {
        JsonNode unused = tool.send(method, path, body);
    }
}
