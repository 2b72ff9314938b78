package io.tidemark.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantPictureTest {

    private static final long SEED = 11;

    @Test
    void whatAnIncidentDidShowsAndNothingElse() {
        try (GraphSimulator simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(SampleTenants.tenantId(SEED))
                .seed(SEED)
                .tenantSeed(SampleTenants.of("tiny", SEED, Map.of("users", "300")))
                .build())) {
            TenantPicture before = TenantPicture.of(simulator.tenant());
            assertThat(before.to(TenantPicture.of(simulator.tenant())).keys()).isEmpty();

            IncidentSummary incident = IncidentRunner.of(
                            simulator.graphUrl(),
                            simulator.authorityUrl(),
                            simulator.tenant().id(),
                            SampleClients.of(SEED))
                    .play(Incident.named("department-wipe").with("count", "20"));
            TenantDifference difference = before.to(TenantPicture.of(simulator.tenant()));

            int users = incident.step("clear-attributes").objectIds().size();
            assertThat(difference.objects())
                    .containsEntry("user modified", (long) users)
                    .containsEntry("group softDeleted", 1L)
                    .containsEntry("application hardDeleted", 1L)
                    .containsEntry("conditionalAccessPolicy modified", 1L);
            assertThat(difference.properties()).containsEntry("user/department", (long) users);
            assertThat(difference.links().get("user.manager removed")).isPositive();
            assertThat(difference.links()).doesNotContainKey("group.members added");
        }
    }
}
