package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of directory extensions, which Graph shows only to those who name them. */
class ExtensionValuesIT {

    private final FaultyTenant tenant = new FaultyTenant();
    private String user;
    private String badge;

    @BeforeEach
    void extendUsersAfterAFirstCapture() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        user = tenant.ids("users").get(0);
        String application = tenant.ids("applications").get(0);
        String created = tenant.change(
                "POST",
                "applications/" + application + "/extensionProperties",
                "{\"name\":\"badge\",\"dataType\":\"String\",\"targetObjects\":[\"User\"]}");
        badge = JsonText.parseObject(created).findString("name").orElseThrow();
        wear("\"B-17\"");
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aValueIsRecordedAsSoonAsItsExtensionExistsAndFollowedFromThen() {
        int before = tenant.memory.history.received.size();

        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(recorded()).contains("B-17");
        assertThat(users(before)).as("nobody else has changed").hasSize(1);

        wear("\"B-18\"");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).contains("B-18");

        wear("null");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).isEmpty();
        assertThat(users(before)).hasSize(3);

        int quiet = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(users(quiet)).as("lists and changes show the same").isEmpty();
    }

    @Test
    void aTargetedCaptureRecordsTheValueToo() {
        CaptureResult targeted = tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.USER, user));

        assertThat(targeted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).contains("B-17");
    }

    @Test
    void whereGraphNoLongerTellsWhichExtensionsThereAreNothingLooksCleared() {
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        tenant.simulator
                .faults()
                .add(new FaultRule(
                        Fault.CONSENT_WITHDRAWN,
                        1,
                        Set.of("POST"),
                        Pattern.compile("getAvailableExtensionProperties"),
                        0,
                        0,
                        0));

        CaptureResult blind = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(blind.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(blind.report().reason()).contains("user").contains("directory extensions");
        assertThat(recorded()).contains("B-17");
        tenant.simulator.faults().clear();
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(recorded()).contains("B-17");
    }

    private void wear(String value) {
        String unused = tenant.change("PATCH", "users/" + user, "{\"" + badge + "\":" + value + "}");
    }

    private Optional<String> recorded() {
        ObjectState state = tenant.memory.history.newest.get(
                ObjectRef.of(ObjectKind.USER, user).key());
        return state.body().findString(badge);
    }

    private List<ObjectState> users(int since) {
        List<ObjectState> received = tenant.memory.history.received;
        return received.subList(since, received.size()).stream()
                .filter(state -> state.objectType().equals("user"))
                .toList();
    }
}
