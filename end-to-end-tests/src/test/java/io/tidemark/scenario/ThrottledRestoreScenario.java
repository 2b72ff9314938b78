package io.tidemark.scenario;

import static io.tidemark.scenario.WipedTenant.others;
import static io.tidemark.scenario.WipedTenant.victims;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One in ten of Graph's answers is 429 or 503, and some are lost after Graph did what it was asked to. */
class ThrottledRestoreScenario {

    private static final long SEED = 37;
    private static final double SHARE_OF_EACH = 0.05;
    private static final double SHARE_LOST = 0.01;

    @Test
    void aBusyGraphDelaysTheWorkAndChangesNothingOfItsResult() {
        try (WipedTenant tenant = WipedTenant.open("throttled", SEED, 20)) {
            Faults faults = tenant.stack().simulator().faults();
            ExportedTenant before = tenant.export();

            disturb(faults);
            String snapshot = tenant.sealed("FULL").path("snapshotId").asText();
            faults.clear();
            IncidentSummary incident = tenant.strike();
            Set<Fact> truth = before.differencesTo(tenant.export());
            disturb(faults);
            JsonNode report = tenant.report("snapshot:" + snapshot, "live");
            Set<Fact> reported = Facts.of(tenant.items(report));
            JsonNode planned = tenant.planned(snapshot, Stream.concat(victims(incident), others(incident, truth)));
            tenant.execute(planned);
            JsonNode ended = tenant.ended(planned);
            faults.clear();

            assertThat(faults.counts().keySet())
                    .contains(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.TIMEOUT_AFTER_EFFECT);
            assertThat(reported).containsExactlyInAnyOrderElementsOf(truth);
            assertThat(Effects.repeated(tenant.effectsOfRestores())).isEmpty();
            Set<String> users = incident.step("clear-attributes").objectIds();
            assertThat(Effects.onUsers(tenant.effectsOfRestores(), users))
                    .isEqualTo(Effects.wantedOnUsers(truth, users, before, incident));
            DepartmentWipedByScriptScenario.assertRestored(tenant, before, ended);
        }
    }

    private static void disturb(Faults faults) {
        faults.add(FaultRule.of(Fault.THROTTLED, SHARE_OF_EACH));
        faults.add(FaultRule.of(Fault.UNAVAILABLE, SHARE_OF_EACH));
        faults.add(FaultRule.of(Fault.ANSWER_LOST, SHARE_LOST));
        faults.add(FaultRule.of(Fault.TIMEOUT_AFTER_EFFECT, SHARE_LOST));
    }
}
