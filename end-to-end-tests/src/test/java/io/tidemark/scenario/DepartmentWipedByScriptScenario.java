package io.tidemark.scenario;

import static io.tidemark.scenario.WipedTenant.others;
import static io.tidemark.scenario.WipedTenant.pathOf;
import static io.tidemark.scenario.WipedTenant.victims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.localstack.operator.OperatorException;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import io.tidemark.simulator.sample.incident.IncidentSummary.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A script wipes a department, and in the shadow of it a policy is weakened, a group deleted and an application purged. Each test goes on
 * from where the one before it ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DepartmentWipedByScriptScenario {

    private static final long SEED = 11;
    private static final String LOOPBACK = "127.0.0.1";

    private WipedTenant tenant;
    private ExportedTenant before;
    private String snapshot;
    private IncidentSummary incident;
    private Set<Fact> truth;
    private JsonNode report;
    private JsonNode usersRestored;
    private JsonNode othersRestored;

    @BeforeAll
    void aTenantIsCapturedAndThenStruck() {
        tenant = WipedTenant.open("department-wiped", SEED, 20);
        before = tenant.export();
        JsonNode sealed = tenant.sealed("FULL");
        snapshot = sealed.path("snapshotId").asText();
        assertThat(sealed.path("state").asText()).isEqualTo("SEALED");
        assertThat(counts(sealed)).isEqualTo(before.counts());

        incident = tenant.strike();
        truth = before.differencesTo(tenant.export());
        tenant.ingest();
        tenant.sealed("INCREMENTAL");
    }

    @AfterAll
    void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    @Test
    @Order(1)
    void theReportNamesWhatDiffersAndNothingElse() {
        report = tenant.report("snapshot:" + snapshot, "live");

        assertThat(Facts.of(tenant.items(report))).containsExactlyInAnyOrderElementsOf(truth);
        assertThat(truth.stream().filter(fact -> fact.what().equals("department")))
                .hasSize(WipedTenant.VICTIMS);
    }

    @Test
    @Order(2)
    void theReportSaysWhoDidItFromWhichAppAndAddress() {
        Map<String, Set<String>> expected = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        List<JsonNode> items = tenant.items(report);

        for (Effect effect : incident.step("clear-attributes").effects()) {
            truth.stream()
                    .filter(fact -> fact.id().equals(effect.objectId()) && !fact.isModified() && !fact.isLink())
                    .forEach(fact -> expect(expected, SampleClients.HR_SYNC, "user", fact.id(), fact.what()));
        }
        for (Fact manager : facts("manager")) {
            expect(expected, SampleClients.HR_SYNC, "user", manager.id(), manager.what());
        }
        for (Effect effect : incident.step("remove-memberships").effects()) {
            expect(expected, SampleClients.HR_SYNC, "group", effect.relatedId(), "members " + effect.objectId());
        }
        incident.step("weaken-policy")
                .objectIds()
                .forEach(id -> truth.stream()
                        .filter(fact -> fact.id().equals(id) && !fact.isModified())
                        .forEach(fact -> expect(
                                expected, SampleClients.HELPDESK_TOOL, "conditionalAccessPolicy", id, fact.what())));
        incident.step("delete-group")
                .objectIds()
                .forEach(id -> expect(expected, SampleClients.HELPDESK_TOOL, "group", id, "SOFT_DELETED"));
        incident.step("purge-application")
                .objectIds()
                .forEach(id -> expect(expected, SampleClients.HELPDESK_TOOL, "application", id, "HARD_DELETED"));
        items.forEach(item -> attributions(item, found));

        expected.forEach((what, actors) ->
                assertThat(found.getOrDefault(what, Set.of())).as(what).isEqualTo(actors));
    }

    @Test
    @Order(3)
    void theUsersGetBackTheirAttributesManagersAndMemberships() {
        JsonNode planned = tenant.planned(snapshot, victims(incident));
        assertThat(planned.at("/plan/objects").asInt()).isGreaterThanOrEqualTo(WipedTenant.VICTIMS);
        assertThat(tenant.effectsOfRestores()).as("a preview writes nothing").isEmpty();
        assertThatThrownBy(() -> tenant.operator()
                        .post(
                                pathOf(planned) + "/approve",
                                tenant.operator()
                                        .object()
                                        .put(
                                                "decidedBy",
                                                planned.path("requestedBy").asText())
                                        .put(
                                                "planHash",
                                                planned.path("planHash").asText())))
                .as("so many objects need another person's approval")
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("403");

        tenant.execute(planned);
        usersRestored = tenant.ended(planned);

        Set<String> users = incident.step("clear-attributes").objectIds();
        Set<Fact> left = Announced.by(usersRestored).without(before.differencesTo(tenant.export()));
        assertThat(left).noneMatch(fact -> users.contains(fact.id()));
    }

    @Test
    @Order(4)
    void thePolicyTheGroupAndTheApplicationComeBack() {
        JsonNode planned = tenant.planned(snapshot, others(incident, truth));
        tenant.execute(planned);
        othersRestored = tenant.ended(planned);

        ExportedTenant now = tenant.export();
        String group = incident.step("delete-group").objectIds().iterator().next();
        String application =
                incident.step("purge-application").objectIds().iterator().next();
        assertThat(now.text("group", group, "displayName"))
                .as("the recycle bin keeps ids")
                .isEqualTo(before.text("group", group, "displayName"))
                .isPresent();
        String name = before.text("application", application, "displayName").orElseThrow();
        assertThat(now.idsWith("application", "displayName", name))
                .containsExactly(
                        othersRestored.at("/result/idMap").path(application).asText());
    }

    @Test
    @Order(5)
    void nothingDiffersFromBeforeButWhatWasAnnounced() {
        assertRestored(tenant, before, usersRestored, othersRestored);
    }

    @Test
    @Order(6)
    void theLastReportAgreesWithTheTenant() {
        JsonNode last = tenant.report("snapshot:" + snapshot, "live");

        assertThat(Facts.of(tenant.items(last)))
                .containsExactlyInAnyOrderElementsOf(before.differencesTo(tenant.export()));
    }

    @Test
    @Order(7)
    void noEffectOccurredTwice() {
        assertThat(Effects.repeated(tenant.effectsOfRestores())).isEmpty();
    }

    /** Compares the tenant as it was before the incident with what it is now, old ids read as the new ones. */
    static void assertRestored(WipedTenant tenant, ExportedTenant before, JsonNode... restores) {
        Announced announced = Announced.by(restores);
        ExportedTenant now = tenant.export();
        Map<String, String> ids = new LinkedHashMap<>(announced.ids(before, now));

        Set<Fact> left = announced.renamed(ids).without(before.renamed(ids).differencesTo(now));

        assertThat(left).as("announced: %s", announced).isEmpty();
    }

    private List<Fact> facts(String relation) {
        return truth.stream().filter(fact -> fact.relation().equals(relation)).toList();
    }

    private void expect(Map<String, Set<String>> expected, String client, String type, String id, String what) {
        expected.put(type + " " + id + " " + what, Set.of(tenant.clientId(client) + " " + LOOPBACK));
    }

    static void attributions(JsonNode item, Map<String, Set<String>> found) {
        String object = item.path("type").asText() + " " + item.path("id").asText() + " ";
        for (JsonNode attribution : item.path("attribution")) {
            if (!attribution.hasNonNull("actor")) {
                continue;
            }
            Set<String> paths = new TreeSet<>();
            attribution.path("paths").forEach(path -> paths.add(path.asText()));
            paths.add(item.path("action").asText());
            paths.forEach(path -> add(found, object + path, attribution));
        }
        for (JsonNode link : item.path("links")) {
            String what =
                    link.path("relation").asText() + " " + link.path("targetId").asText();
            add(found, object + what, link.path("attribution"));
        }
    }

    private static void add(Map<String, Set<String>> found, String what, JsonNode attribution) {
        JsonNode actor = attribution.path("actor");
        if (attribution.hasNonNull("occurredAt") && !actor.isMissingNode()) {
            found.computeIfAbsent(what, one -> new TreeSet<>())
                    .add(actor.path("appId").asText() + " "
                            + actor.path("ipAddress").asText());
        }
    }

    private static Map<String, Long> counts(JsonNode sealed) {
        return sealed.path("counts").properties().stream()
                .filter(type -> ExportedTenant.compares(type.getKey()))
                .filter(count -> count.getValue().asLong() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().asLong(), Long::sum, TreeMap::new));
    }
}
