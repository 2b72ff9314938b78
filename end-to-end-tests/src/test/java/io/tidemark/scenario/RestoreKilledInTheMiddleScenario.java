package io.tidemark.scenario;

import static io.tidemark.scenario.WipedTenant.others;
import static io.tidemark.scenario.WipedTenant.victims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.ServiceProcess;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The restore service dies again and again in the middle of a restore, which goes on by itself each time. */
class RestoreKilledInTheMiddleScenario {

    private static final long SEED = 23;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Sent and perhaps done, and nobody has written down what became of it: the hardest moment. */
    private static final String AFTER_SENDING = "-Dtidemark.failpoints=restore.afterSendBeforeOutcome:halt@3";

    private static final String BEFORE_SENDING = "-Dtidemark.failpoints=restore.afterMarkBeforeSend:halt@3";

    @Test
    void everyEffectOccursOnceHoweverOftenTheServiceIsKilled() {
        try (WipedTenant tenant = WipedTenant.open("restore-killed", SEED, 1)) {
            ExportedTenant before = tenant.export();
            String snapshot = tenant.sealed("FULL").path("snapshotId").asText();
            IncidentSummary incident = tenant.strike();
            Set<Fact> truth = before.differencesTo(tenant.export());
            tenant.sealed("INCREMENTAL");
            ServiceProcess service = tenant.stack().service(ServiceName.RESTORE);

            JsonNode planned = tenant.planned(snapshot, Stream.concat(victims(incident), others(incident, truth)));
            service.kill();
            startAgain(service, AFTER_SENDING);
            List<Long> killed = new ArrayList<>(List.of(service.pid()));
            tenant.execute(planned);
            awaitDeath(service);
            startAgain(service, BEFORE_SENDING);
            killed.add(service.pid());
            awaitDeath(service);
            startAgain(service);
            killed.add(service.pid());
            killAfterSomeEffects(tenant, service, new Random(SEED).nextInt(20, 60));
            startAgain(service);
            JsonNode ended = tenant.ended(planned);

            assertThat(new HashSet<>(killed)).as("processes that died").hasSize(3);
            assertThat(Effects.repeated(tenant.effectsOfRestores())).isEmpty();
            Set<String> users = incident.step("clear-attributes").objectIds();
            assertThat(Effects.onUsers(tenant.effectsOfRestores(), users))
                    .isEqualTo(Effects.wantedOnUsers(truth, users, before, incident));
            assertThat(Effects.created(tenant.effectsOfRestores(), "applications"))
                    .isEqualTo(1);
            assertThat(Effects.created(tenant.effectsOfRestores(), "servicePrincipals"))
                    .isEqualTo(1);
            DepartmentWipedByScriptScenario.assertRestored(tenant, before, ended);
        }
    }

    private static void killAfterSomeEffects(WipedTenant tenant, ServiceProcess service, int more) {
        int soFar = tenant.effectsOfRestores().size();
        await("further effects of the restore")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> tenant.effectsOfRestores().size() >= soFar + more);
        service.kill();
    }

    private static void awaitDeath(ServiceProcess service) {
        await("the service to die at its failpoint").atMost(PATIENCE).until(() -> !service.isAlive());
    }

    private static void startAgain(ServiceProcess service, String... javaOptions) {
        service.restart(List.of(javaOptions));
        service.awaitReady();
    }
}
