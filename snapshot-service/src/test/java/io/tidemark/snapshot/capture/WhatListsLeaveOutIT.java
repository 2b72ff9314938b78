package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures of the branding, groups that a lifecycle policy names, what access packages exclude: Graph shows each by a request of its own. */
class WhatListsLeaveOutIT {

    private static final String ORGANIZATION =
            SampleTenants.tenantId(FaultyTenant.SEED).toString();
    private static final String LOCALIZATIONS = "organization/" + ORGANIZATION + "/branding/localizations/";

    private final FaultyTenant tenant = new FaultyTenant(new SparseKinds(ORGANIZATION));

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void aPictureOfTheBrandingIsRecordedAndReadAgainWhenTheBrandingChanges() {
        tenant.upload(LOCALIZATIONS + "de-DE/backgroundImage", "image/jpeg", "first");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        JsonObject recorded = streams().stream()
                .filter(state -> state.objectId().equals(ORGANIZATION + "~de-DE:backgroundImage"))
                .findFirst()
                .orElseThrow()
                .body();
        assertThat(recorded.findString("contentType")).contains("image/jpeg");
        assertThat(recorded.findString("content")).contains(base64("first"));
        assertThat(streams()).as("nothing else was ever set but one").hasSize(2);

        int since = tenant.memory.history.received.size();
        long quiet = tenant.capture(CaptureMode.INCREMENTAL).requests();
        assertThat(tenant.memory.history.received).hasSize(since);

        tenant.time.advance(java.time.Duration.ofMinutes(1));
        tenant.upload(LOCALIZATIONS + "de-DE/backgroundImage", "image/jpeg", "second");
        CaptureResult changed = tenant.capture(CaptureMode.INCREMENTAL);
        assertThat(changed.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(changed.requests()).isGreaterThan(quiet);
        assertThat(tenant.memory.history.received.subList(since, tenant.memory.history.received.size()))
                .filteredOn(state -> state.objectType().equals("organizationalBrandingStream"))
                .singleElement()
                .satisfies(
                        state -> assertThat(state.body().findString("content")).contains(base64("second")));

        since = tenant.memory.history.received.size();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.memory.history.received.subList(since, tenant.memory.history.received.size()))
                .noneMatch(state -> state.objectType().equals("organizationalBrandingStream"));
    }

    @Test
    void theGroupsThatALifecyclePolicyNamesAreRecordedWhileItNamesAny() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(present("group.groupLifecyclePolicies"))
                .singleElement()
                .satisfies(link -> assertThat(link.objectId()).startsWith(SparseKinds.TEAM));

        String policy =
                present("group.groupLifecyclePolicies").get(0).objectId().split("~")[1];
        String unused =
                tenant.administer("PATCH", "groupLifecyclePolicies/" + policy, "{\"managedGroupTypes\":\"All\"}");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(present("group.groupLifecyclePolicies")).isEmpty();
    }

    @Test
    void whatAnAccessPackageExcludesIsReadAgainWhenThePackageIsNamed() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(present("accessPackage.incompatibleAccessPackages")).hasSize(1);
        assertThat(present("accessPackage.incompatibleGroups")).hasSize(1);
        String unused = tenant.administer(
                "DELETE",
                "identityGovernance/entitlementManagement/accessPackages/" + SparseKinds.PACKAGE
                        + "/incompatibleGroups/" + SparseKinds.PRIVILEGED + "/$ref",
                "");

        CaptureResult targeted =
                tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.ACCESS_PACKAGE, SparseKinds.PACKAGE));

        assertThat(targeted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(present("accessPackage.incompatibleGroups")).isEmpty();
        assertThat(present("accessPackage.incompatibleAccessPackages")).hasSize(1);
    }

    @Test
    void anAssignmentOfAnAccessPackageIsSeenBetweenFullCaptures() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        int before = present("accessPackageAssignment").size();
        String packages = "identityGovernance/entitlementManagement/";
        String policy = present("accessPackageAssignmentPolicy").get(0).objectId();
        String created = tenant.administer(
                "POST",
                packages + "assignmentRequests",
                "{\"requestType\":\"adminAdd\",\"assignment\":{\"targetId\":\"" + SparseKinds.USER
                        + "\",\"assignmentPolicyId\":\"" + policy.split("~")[1] + "\",\"accessPackageId\":\""
                        + policy.split("~")[0] + "\"}}");
        assertThat(JsonText.parseObject(created).findString("id")).isPresent();

        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(present("accessPackageAssignment")).hasSize(before + 1);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<ObjectState> streams() {
        return present("organizationalBrandingStream");
    }

    private List<ObjectState> present(String type) {
        return tenant.memory.history.newest.values().stream()
                .filter(state -> state.objectType().equals(type) && state.deleted() == null)
                .toList();
    }
}
