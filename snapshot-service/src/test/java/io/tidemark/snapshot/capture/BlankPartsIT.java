package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dates of leaving: without a permission Graph shows them as empty, and says nothing. */
class BlankPartsIT {

    private static final String PERMISSION = "User-LifeCycleInfo.Read.All";
    private static final String LEAVES = ObjectKind.USER_LIFECYCLE_INFO.word();

    private final FaultyTenant tenant = new FaultyTenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void whatWasNeverShownIsSkippedByName() {
        String user = leaver();
        permit(false);

        CaptureResult full = tenant.capture(CaptureMode.FULL);

        assertThat(full.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(count(full).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(count(full).reason()).contains(PERMISSION);
        assertThat(recorded()).isEmpty();

        permit(true);

        assertThat(count(tenant.capture(CaptureMode.INCREMENTAL)).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(recorded()).contains(LEAVES + "|" + user);
    }

    @Test
    void whatIsBlankLaterIsNotTakenForCleared() {
        ObjectRef leaver = ObjectRef.of(ObjectKind.USER_LIFECYCLE_INFO, leaver());
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        List<String> before = recorded();
        assertThat(before).contains(LEAVES + "|" + leaver.id().value());
        permit(false);

        CaptureResult full = tenant.capture(CaptureMode.FULL);
        CaptureResult targeted = tenant.capture(CaptureMode.TARGETED, leaver);

        assertThat(full.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(full.report().reason()).contains(LEAVES, PERMISSION);
        assertThat(targeted.stage()).isEqualTo(Stage.FAILED);
        assertThat(recorded()).isEqualTo(before);

        permit(true);
        tenant.memory.history.received.clear();

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.memory.history.received).isEmpty();
    }

    @Test
    void aPartThatIsClearedGoes() {
        String user = leaver();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).contains(LEAVES + "|" + user);
        String unused = tenant.administer("PATCH", "users/" + user, "{\"employeeLeaveDateTime\":null}");

        CaptureResult targeted =
                tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.USER_LIFECYCLE_INFO, user));

        assertThat(targeted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).doesNotContain(LEAVES + "|" + user);
    }

    @Test
    void aPartIsReadAgainWithTheObjectThatSomebodyNames() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        ObjectRef user = ObjectRef.of(ObjectKind.USER, leaver());
        String key = LEAVES + "|" + user.id().value();
        assertThat(recorded()).doesNotContain(key);

        CaptureResult named = tenant.capture(CaptureMode.TARGETED, user);

        assertThat(named.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(count(named).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(recorded()).contains(key);
        permit(false);
        assertThat(tenant.capture(CaptureMode.TARGETED, user).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded())
                .as("what is shown as empty for want of a permission is kept")
                .contains(key);
        permit(true);
        String unused = tenant.administer("PATCH", "users/" + user.id().value(), "{\"employeeLeaveDateTime\":null}");
        assertThat(tenant.capture(CaptureMode.TARGETED, user).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).doesNotContain(key);
    }

    private void permit(boolean shown) {
        SampleClient reader = SampleClients.of(FaultyTenant.SEED).named(SampleClients.READER);
        Set<String> permissions = new HashSet<>(reader.permissions());
        if (!shown) {
            permissions.remove(PERMISSION);
        }
        tenant.simulator
                .tenant()
                .register(
                        ClientRegistration.withSecret(reader.clientId(), reader.name(), reader.secret(), permissions));
    }

    private String leaver() {
        String user = tenant.ids("users").get(0);
        String unused =
                tenant.administer("PATCH", "users/" + user, "{\"employeeLeaveDateTime\":\"2031-05-04T00:00:00Z\"}");
        return user;
    }

    private List<String> recorded() {
        return FaultyTenant.present(tenant.memory.history).keySet().stream()
                .filter(key -> key.startsWith(LEAVES + "|"))
                .sorted()
                .toList();
    }

    private static TypeCount count(CaptureResult result) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(LEAVES))
                .findFirst()
                .orElseThrow();
    }
}
