package io.tidemark.simulator.sample.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.sample.incident.IncidentSummary.Effect;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the incidents against the simulator, and holds their summaries against its ledger. */
class IncidentsIT {

    private static final long SEED = 31;
    private static final UUID TENANT = SampleTenants.tenantId(SEED);
    private static final List<String> CLEARED = List.of("1", "2", "5", "7", "10");

    @ParameterizedTest
    @MethodSource("io.tidemark.simulator.sample.incident.Incident#names")
    void everyIncidentIsCarriedOutAsItsSummarySays(String name) {
        try (var simulator = start(QuotaMode.OFF)) {
            var summary = runner(simulator).play(reduced(name));

            assertThat(summary.steps()).allSatisfy(step -> {
                assertThat(step.effects()).isNotEmpty();
                assertThat(step.refused()).isEmpty();
            });
            assertThat(requestsInLedger(simulator)).isEqualTo(requestsOf(summary));
        }
    }

    @Test
    void aWipedDepartmentHasLostWhatTheIncidentClearsAndNothingElse() {
        try (var simulator = start(QuotaMode.OFF)) {
            var summary = runner(simulator).play(reduced("department-wipe"));

            var wiped = summary.step("clear-attributes").objectIds();
            assertThat(wiped).hasSize(20);
            assertThat(summary.step("remove-managers").objectIds()).isEqualTo(wiped);
            assertThat(summary.step("remove-memberships").objectIds()).isEqualTo(wiped);
            assertThat(simulator.ledger().entries().stream()
                            .filter(entry -> entry.collection().equals("users") && entry.after() != null))
                    .hasSize(20)
                    .allSatisfy(IncidentsIT::lostDepartmentAndFiveAttributes);
            assertThat(simulator.ledger().entries().stream()
                            .filter(entry -> entry.collection().equals("conditionalAccessPolicies"))
                            .map(LedgerEntry::after))
                    .singleElement()
                    .satisfies(policy -> assertThat(
                                    policy.at("/grantControls/builtInControls").toString())
                            .isEqualTo("[\"compliantDevice\"]"));
        }
    }

    @Test
    void eachActorActsUnderItsOwnName() {
        try (var simulator = start(QuotaMode.OFF)) {
            runner(simulator).play(reduced("department-wipe"));

            var clients = SampleClients.of(SEED);
            var byCollection = simulator.ledger().entries().stream()
                    .collect(Collectors.groupingBy(
                            LedgerEntry::collection, Collectors.mapping(LedgerEntry::appId, Collectors.toSet())));
            assertThat(byCollection.get("users"))
                    .containsExactly(clients.named(SampleClients.HR_SYNC).clientId());
            assertThat(byCollection.get("applications"))
                    .containsExactly(clients.named(SampleClients.HELPDESK_TOOL).clientId());
        }
    }

    @Test
    void aBusyGraphDelaysAnIncidentAndChangesNothingOfIt() {
        Set<String> calm;
        try (var simulator = start(QuotaMode.OFF)) {
            calm = objectsOf(runner(simulator).play(reduced("mass-deletion")));
        }
        try (var simulator = start(QuotaMode.OFF)) {
            for (var fault : List.of(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.CONCURRENCY, Fault.TRUNCATED)) {
                simulator.faults().add(FaultRule.of(fault, 0.05));
            }

            var summary = runner(simulator).play(reduced("mass-deletion"));

            assertThat(objectsOf(summary)).isEqualTo(calm);
        }
    }

    private static void lostDepartmentAndFiveAttributes(LedgerEntry entry) {
        var before = entry.before();
        var after = entry.after();
        assertThat(before).isNotNull();
        assertThat(after).isNotNull();
        assertThat(before.path("department").asText()).isEqualTo("Sales");
        assertThat(absent(after.path("department"))).isTrue();
        for (var i = 1; i <= 15; i++) {
            var at = "/onPremisesExtensionAttributes/extensionAttribute" + i;
            if (CLEARED.contains(String.valueOf(i))) {
                assertThat(before.at(at).isTextual()).isTrue();
                assertThat(absent(after.at(at))).isTrue();
            } else {
                assertThat(after.at(at)).isEqualTo(before.at(at));
            }
        }
        assertThat(after.path("jobTitle")).isEqualTo(before.path("jobTitle"));
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Set<String> requestsInLedger(GraphSimulator simulator) {
        return simulator.ledger().entries().stream()
                .map(LedgerEntry::clientRequestId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> requestsOf(IncidentSummary summary) {
        return summary.steps().stream()
                .flatMap(step -> step.effects().stream())
                .map(Effect::clientRequestId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> objectsOf(IncidentSummary summary) {
        return summary.steps().stream()
                .flatMap(step -> step.objectIds().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Incident reduced(String name) {
        var incident = Incident.named(name);
        for (var count : List.of("count", "users", "groups")) {
            if (incident.parameters().containsKey(count) && !name.equals("hard-deletion")) {
                incident = incident.with(count, count.equals("count") ? "20" : "8");
            }
        }
        return name.equals("restricted-unit-lock") ? incident.with("count", "5") : incident;
    }

    private static GraphSimulator start(QuotaMode quotas) {
        return GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(TENANT)
                .quotas(quotas)
                .tenantSeed(SampleTenants.of("contoso-like", SEED, Map.of("users", "200")))
                .build());
    }

    private static IncidentRunner runner(GraphSimulator simulator) {
        return IncidentRunner.of(simulator.graphUrl(), simulator.authorityUrl(), TENANT, SampleClients.of(SEED));
    }
}
