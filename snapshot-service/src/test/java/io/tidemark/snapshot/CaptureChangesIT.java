package io.tidemark.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.json.JsonNull;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes and deletions between captures, as they arrive. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class CaptureChangesIT extends CapturingService {

    @Test
    void everyKindOfChangeIsSeenExactly() {
        List<String> users = cloudUsers();
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(0);
        String policy = tenant.some("conditionalAccessPolicies", any -> true).get(0);
        String renamed = users.get(60);
        String moved = users.get(61);
        tenant.change("PATCH", "users/" + renamed, "{\"companyName\":null,\"jobTitle\":\"Pilot\"}");
        tenant.setManager(moved, users.get(63));
        tenant.reference("groups/" + group + "/members/$ref", joinable(group, users));
        tenant.change("PATCH", "identity/conditionalAccess/policies/" + policy, "{\"displayName\":\"Weakened\"}");

        JsonPath incremental = capture("INCREMENTAL");

        received.readAll();
        List<ObjectState> states = received.of(incremental.getString("captureId"));
        ObjectState user = received.newest("user|" + renamed).orElseThrow();
        assertThat(user.body().find("companyName")).contains(JsonNull.NULL);
        assertThat(user.body().findString("jobTitle")).contains("Pilot");
        assertThat(received.newest("user.manager|" + moved + "~" + users.get(63))
                        .orElseThrow()
                        .deleted())
                .isNull();
        assertThat(received.newest("conditionalAccessPolicy|" + policy)
                        .orElseThrow()
                        .body()
                        .findString("displayName"))
                .contains("Weakened");
        assertThat(states.stream().map(ObjectState::objectType).distinct())
                .containsExactlyInAnyOrder("user", "user.manager", "group.members", "conditionalAccessPolicy");
        assertThat(states).hasSizeBetween(4, 5);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
    }

    @Test
    void aDeletedUserGoesWithItsLinksAndComesBackWithThem() {
        String user = cloudUsers().get(70);
        String manager = cloudUsers().get(71);
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(1);
        tenant.setManager(user, manager);
        String membership = "group.members|" + group + "~" + user;
        if (!tenant.present().contains(membership)) {
            tenant.reference("groups/" + group + "/members/$ref", user);
        }
        capture("INCREMENTAL");

        tenant.delete("users/" + user);
        JsonPath gone = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("user|" + user).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.newest(membership).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(gone))).isEmpty();

        tenant.change("POST", "directory/deletedItems/" + user + "/restore", "");
        JsonPath back = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("user|" + user).orElseThrow().deleted()).isNull();
        assertThat(received.newest(membership).orElseThrow().deleted()).isNull();
        // What hangs on devices is read again by full captures only.
        assertThat(received.present())
                .filteredOn(key -> !key.startsWith("device."))
                .containsExactlyInAnyOrderElementsOf(tenant.present().stream()
                        .filter(key -> !key.startsWith("device."))
                        .toList());
        assertThat(received.disagreements(report(back))).isEmpty();

        JsonPath full = capture("FULL");
        received.readAll();
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(full))).isEmpty();
    }

    @Test
    void aPurgedApplicationIsGoneForGood() {
        String application = tenant.some("applications", any -> true).get(20);

        tenant.delete("applications/" + application);
        capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("application|" + application).orElseThrow().deleted())
                .isEqualTo(Deletion.SOFT);

        tenant.delete("directory/deletedItems/" + application);
        JsonPath purged = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("application|" + application).orElseThrow().deleted())
                .isEqualTo(Deletion.HARD);
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(purged))).isEmpty();
    }

    @Test
    void aDeletedGroupAndPolicyAreSoftDeletedAndSeenWhenTheyComeBack() {
        String group = tenant.some("groups", SimulatedTenantKinds::isAssignedSecurityGroup)
                .get(2);
        String policy = tenant.some("conditionalAccessPolicies", any -> true).get(1);

        tenant.delete("groups/" + group);
        tenant.delete("identity/conditionalAccess/policies/" + policy);
        capture("INCREMENTAL");
        received.readAll();
        assertThat(received.newest("group|" + group).orElseThrow().deleted()).isEqualTo(Deletion.SOFT);
        assertThat(received.newest("conditionalAccessPolicy|" + policy)
                        .orElseThrow()
                        .deleted())
                .isEqualTo(Deletion.SOFT);

        tenant.change("POST", "directory/deletedItems/" + group + "/restore", "");
        tenant.change("POST", "identity/conditionalAccess/deletedItems/policies/" + policy + "/restore", "");
        JsonPath back = capture("INCREMENTAL");
        received.readAll();
        assertThat(received.present()).containsExactlyInAnyOrderElementsOf(tenant.present());
        assertThat(received.disagreements(report(back))).isEmpty();
    }
}
