package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What changes, or is withdrawn, between two requests of one capture. */
class MovingTenantIT {

    private final FaultyTenant tenant = new FaultyTenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void anObjectDeletedBetweenListAndDetailKeepsWhatIsKnownOfItUntilItsDeletionIsTold() {
        assertComplete(tenant.capture(CaptureMode.FULL), tenant.truth());
        String unit = tenant.ids("directory/administrativeUnits").get(0);
        String application = tenant.ids("applications").get(0);
        tenant.meddler.before("/administrativeUnits/[^/]+/scopedRoleMembers", () -> {
            String unused = tenant.change("DELETE", "directory/administrativeUnits/" + unit, "");
        });
        tenant.meddler.before("expand=federatedIdentityCredentials", () -> {
            String unused = tenant.change("DELETE", "applications/" + application, "");
        });

        CaptureResult moving = tenant.capture(CaptureMode.FULL);

        assertThat(moving.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.memory.history.received.stream()
                        .filter(state -> state.deleted() == Deletion.HARD)
                        .map(state -> state.key().text()))
                .as("what hangs on an object in the recycle bin is not gone for good")
                .isEmpty();

        CaptureResult next = tenant.capture(CaptureMode.INCREMENTAL);

        assertComplete(next, tenant.truth());
        assertThat(deletion(ObjectRef.of(ObjectKind.ADMINISTRATIVE_UNIT, unit).key()))
                .isEqualTo(Deletion.SOFT);
        assertThat(deletion(ObjectRef.of(ObjectKind.APPLICATION, application).key()))
                .isEqualTo(Deletion.SOFT);
    }

    @Test
    void consentWithdrawnInTheMiddleIsNamedForEveryKindThatWasShownBefore() {
        Map<String, String> truth = tenant.truth();
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
        FaultRule everything =
                new FaultRule(Fault.CONSENT_WITHDRAWN, 1, Set.of("GET", "POST"), Pattern.compile(""), 0, 0, 0);
        tenant.meddler.before("/groups/delta", () -> tenant.simulator.faults().add(everything));

        CaptureResult withdrawn = tenant.capture(CaptureMode.FULL);

        tenant.simulator.faults().clear();
        tenant.assertTrue(withdrawn, truth);
        assertThat(withdrawn.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(withdrawn.report().types())
                .filteredOn(count -> count.outcome() == TypeCount.Outcome.SKIPPED)
                .extracting(TypeCount::present)
                .containsOnly(0L);
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
    }

    @Test
    void linksThatWereStoredOfAnotherHostAreLeftBehind() {
        assertComplete(tenant.capture(CaptureMode.FULL), tenant.truth());
        String user = tenant.ids("users").get(0);
        String unused = tenant.administer("PATCH", "users/" + user, "{\"department\":\"moved\"}");

        CaptureResult elsewhere =
                tenant.capture(CaptureMode.INCREMENTAL, tenant.memory, settings -> settings.graphUrl(tenant.direct()));

        assertComplete(elsewhere, tenant.truth());
        assertThat(tenant.memory
                        .history
                        .newest
                        .get(new StateKey("user", user))
                        .body()
                        .findString("department"))
                .contains("moved");
    }

    @Test
    void aTokenThatRunsOutInTheMiddleIsReplaced() {
        tenant.simulator.controls().accessTokenLife(Duration.ofMinutes(1));
        tenant.meddler.before("/groups/delta", () -> tenant.time.advance(Duration.ofMinutes(2)));

        assertComplete(tenant.capture(CaptureMode.FULL), tenant.truth());
    }

    @Test
    void aRefusedSecretIsNamedAndNobodyIsAskedAgainAndAgain() {
        Map<String, String> truth = tenant.truth();
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
        long before = tenant.simulator.requests();

        tenant.secret = Optional.of("an outdated secret");
        CaptureResult refused = tenant.capture(CaptureMode.FULL);
        tenant.secret = Optional.empty();

        assertThat(refused.stage()).isEqualTo(Stage.FAILED);
        assertThat(refused.report().reason()).contains("user").contains("UNAUTHORIZED");
        assertThat(tenant.simulator.requests()).isEqualTo(before);
        tenant.assertTrue(refused, truth);
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
    }

    @Test
    void whenNobodyAnswersTheRestIsNotWaitedFor() {
        Map<String, String> truth = tenant.truth();
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
        tenant.simulator
                .faults()
                .add(new FaultRule(Fault.UNAVAILABLE, 1, Set.of("GET", "POST"), Pattern.compile(""), 0, 0, 0));
        var before = tenant.time.instant();

        CaptureResult silent = tenant.capture(CaptureMode.FULL);

        tenant.simulator.faults().clear();
        assertThat(silent.stage()).isEqualTo(Stage.FAILED);
        assertThat(Duration.between(before, tenant.time.instant())).isLessThan(Duration.ofMinutes(3));
        tenant.assertTrue(silent, truth);
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
    }

    @Test
    void aPageThatIsLeftOutOfAGroupsLinksDeletesNothing() {
        Map<String, String> truth = tenant.truth();
        assertComplete(tenant.capture(CaptureMode.FULL), truth);
        assertThat(FaultyTenant.ofType(truth, LinkKind.GROUP_MEMBERS.word())).isNotEmpty();
        tenant.memory.history.received.clear();
        tenant.meddler.meddle(MeddledGraph.Mischief.PAGE_MISSING, "groups/delta", 1);

        assertComplete(tenant.capture(CaptureMode.FULL), truth);

        assertThat(tenant.meddler.waiting()).isEmpty();
        assertThat(tenant.memory.history.received).isEmpty();
    }

    private Deletion deletion(StateKey key) {
        return tenant.memory.history.newest.get(key).deleted();
    }

    private void assertComplete(CaptureResult result, Map<String, String> truth) {
        assertThat(result.report().reason()).isNull();
        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        tenant.assertTrue(result, truth);
    }
}
