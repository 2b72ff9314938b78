package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings of single groups and privileged access to groups, which Graph shows group by group; and assignments of access packages. */
class WhatHangsOnGroupsIT {

    private static final String GUEST_TEMPLATE = "08d542b9-071f-4e16-94b0-74abb372e3d9";

    private static final String PRIVILEGED = "44444444-4444-4444-8444-444444444444";
    private static final String PLAIN = "55555555-5555-4555-8555-555555555555";

    private final FaultyTenant tenant = new FaultyTenant(sink -> {
        group(sink, PRIVILEGED, true);
        group(sink, PLAIN, false);
    });
    private String team;

    @BeforeEach
    void makeGroups() {
        team = group("\"groupTypes\":[\"Unified\"],\"mailEnabled\":true,\"securityEnabled\":false", "team");
        allowGuests("false");
        String unused = tenant.administer(
                "POST",
                "identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
                "{\"accessId\":\"member\",\"principalId\":\""
                        + tenant.ids("users").get(4) + "\",\"groupId\":\"" + PRIVILEGED
                        + "\",\"action\":\"adminAssign\",\"scheduleInfo\":{\"startDateTime\":\"2026-03-01T08:00:00Z\",\"expiration\":{\"type\":\"afterDuration\",\"duration\":\"P30D\"}}}");
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void settingsAndPrivilegedAccessAreRecordedOfTheGroupsThatCanHaveThem() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(present("singleGroupSetting")).singleElement().satisfies(setting -> {
            assertThat(setting.objectId()).startsWith(team);
            assertThat(JsonText.text(setting.body())).contains("AllowToAddGuests");
        });
        assertThat(present("privilegedAccessGroupEligibilitySchedule", PRIVILEGED))
                .singleElement()
                .satisfies(schedule ->
                        assertThat(schedule.body().findString("groupId")).contains(PRIVILEGED));
        assertThat(present("groupRoleManagementPolicy", PRIVILEGED))
                .hasSize(2)
                .allSatisfy(
                        policy -> assertThat(JsonText.text(policy.body())).contains("Expiration_EndUser_Assignment"));
        assertThat(present("groupRoleManagementPolicyAssignment", PRIVILEGED)).hasSize(2);
        assertThat(present("groupRoleManagementPolicy", PLAIN)).isEmpty();
    }

    @Test
    void aChangedSettingIsRecordedWhenItsGroupIsNamed() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        String setting = present("singleGroupSetting").get(0).objectId();
        String own = setting.substring(setting.lastIndexOf('~') + 1);
        String unused = tenant.administer(
                "PATCH",
                "groups/" + team + "/settings/" + own,
                "{\"values\":[{\"name\":\"AllowToAddGuests\",\"value\":\"true\"}]}");

        CaptureResult targeted = tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.GROUP, team));

        assertThat(targeted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(JsonText.text(present("singleGroupSetting").get(0).body())).contains("\"true\"");
    }

    @Test
    void whatIsTakenAwayIsTold() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        String setting = present("singleGroupSetting").get(0).objectId();
        String unused = tenant.administer(
                "DELETE", "groups/" + team + "/settings/" + setting.substring(setting.lastIndexOf('~') + 1), "");

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(present("singleGroupSetting")).isEmpty();
        assertThat(present("privilegedAccessGroupEligibilitySchedule", PRIVILEGED))
                .hasSize(1);
    }

    @Test
    void assignmentsOfAccessPackagesAreRecordedWithWhomTheyAreFor() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(present("accessPackageAssignment"))
                .isNotEmpty()
                .allSatisfy(assignment -> assertThat(JsonText.text(assignment.body()))
                        .contains("\"target\":{", "\"accessPackage\":{", "\"assignmentPolicy\":{"));
    }

    @Test
    void whichAccessPackagesExcludeAGroupThatComesBackIsRecordedWithIt() {
        String packages = "identityGovernance/entitlementManagement/accessPackages";
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        String excluding = present("accessPackage").get(0).objectId();
        String added = tenant.administer(
                "POST",
                packages + "/" + excluding + "/incompatibleGroups/$ref",
                "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/groups/" + team + "\"}");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        String link = excluding + "~" + team;
        assertThat(present("accessPackage.incompatibleGroups"))
                .extracting(ObjectState::objectId)
                .contains(link);
        String deleted = tenant.administer("DELETE", "groups/" + team, "");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(present("accessPackage.incompatibleGroups"))
                .extracting(ObjectState::objectId)
                .doesNotContain(link);

        String back = tenant.administer("POST", "directory/deletedItems/" + team + "/restore", "");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(present("accessPackage.incompatibleGroups"))
                .extracting(ObjectState::objectId)
                .contains(link);
    }

    private static void group(SeedSink sink, String id, boolean forRoles) {
        sink.object(
                "groups",
                Json.object()
                        .put("id", id)
                        .put("displayName", id)
                        .put("mailNickname", id.substring(0, 8))
                        .put("mailEnabled", false)
                        .put("securityEnabled", true)
                        .put("isAssignableToRole", forRoles));
    }

    private void allowGuests(String value) {
        String unused = tenant.administer(
                "POST",
                "groups/" + team + "/settings",
                "{\"templateId\":\"" + GUEST_TEMPLATE + "\",\"values\":[{\"name\":\"AllowToAddGuests\",\"value\":\""
                        + value + "\"}]}");
    }

    private String group(String sort, String name) {
        String created = tenant.administer(
                "POST", "groups", "{\"displayName\":\"" + name + "\",\"mailNickname\":\"" + name + "\"," + sort + "}");
        return JsonText.parseObject(created).findString("id").orElseThrow();
    }

    private List<ObjectState> present(String type, String group) {
        return present(type).stream()
                .filter(state -> state.objectId().startsWith(group))
                .toList();
    }

    private List<ObjectState> present(String type) {
        return tenant.memory.history.newest.values().stream()
                .filter(state -> state.objectType().equals(type) && state.deleted() == null)
                .toList();
    }
}
