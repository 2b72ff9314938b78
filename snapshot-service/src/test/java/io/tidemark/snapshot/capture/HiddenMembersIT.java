package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that Graph shows to nobody without a permission, and says nothing about. */
class HiddenMembersIT {

    private static final String PERMISSION = "Member.Read.Hidden";
    private static final String GROUPS = LinkKind.GROUP_MEMBERS.word();
    private static final String UNITS = LinkKind.ADMINISTRATIVE_UNIT_MEMBERS.word();

    private final FaultyTenant tenant = new FaultyTenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void whatIsWithheldIsNamedByEveryCaptureAndReadOnceItMayBe() {
        String group = group();
        String unit = unit();
        permit(false);

        CaptureResult full = tenant.capture(CaptureMode.FULL);

        assertThat(full.stage()).isEqualTo(Stage.COMPLETED);
        for (String type : List.of(GROUPS, UNITS)) {
            assertThat(count(full, type).outcome()).isEqualTo(Outcome.WITHHELD);
            assertThat(count(full, type).reason()).contains(" 1 ", PERMISSION);
        }
        assertThat(count(full, GROUPS).present()).isPositive();
        assertThat(members(GROUPS, group)).isEmpty();

        CaptureResult quiet = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(count(quiet, GROUPS).outcome()).isEqualTo(Outcome.WITHHELD);
        assertThat(count(quiet, GROUPS).reason()).contains(" 1 ", PERMISSION);
        assertThat(count(quiet, UNITS).reason()).contains(" 1 ", PERMISSION);

        permit(true);
        CaptureResult permitted = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(permitted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(count(permitted, GROUPS).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(count(permitted, UNITS).outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(members(GROUPS, group)).hasSize(2);
        assertThat(members(UNITS, unit)).hasSize(1);
        tenant.assertTrue(permitted, tenant.truth());
    }

    @Test
    void whatIsWithheldLaterIsNotTakenForGone() {
        String group = group();
        String unit = unit();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        permit(false);

        for (CaptureMode mode : List.of(CaptureMode.FULL, CaptureMode.INCREMENTAL)) {
            CaptureResult withdrawn = tenant.capture(mode);

            assertThat(withdrawn.stage()).as(mode.name()).isEqualTo(Stage.INCOMPLETE);
            assertThat(withdrawn.report().reason()).contains(GROUPS, UNITS, PERMISSION);
            assertThat(members(GROUPS, group)).hasSize(2);
            assertThat(members(UNITS, unit)).hasSize(1);
        }
        CaptureResult targeted = tenant.capture(CaptureMode.TARGETED, ObjectRef.of(ObjectKind.GROUP, group));
        assertThat(targeted.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(members(GROUPS, group)).hasSize(2);

        permit(true);
        tenant.memory.history.received.clear();
        CaptureResult again = tenant.capture(CaptureMode.FULL);

        assertThat(again.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(tenant.memory.history.received).isEmpty();
        tenant.assertTrue(again, tenant.truth());
    }

    @Test
    void aHidingGroupThatIsDeletedTakesItsMembersAlong() {
        String group = group();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        permit(false);
        String unused = tenant.change("DELETE", "groups/" + group, "");

        CaptureResult deleted = tenant.capture(CaptureMode.FULL);

        assertThat(deleted.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(members(GROUPS, group)).isEmpty();
    }

    @Test
    void aTenantWithNothingToHideIsCompleteWithoutThePermission() {
        permit(false);

        CaptureResult full = tenant.capture(CaptureMode.FULL);

        assertThat(full.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(full.report().types())
                .filteredOn(count -> count.outcome() == Outcome.WITHHELD)
                .isEmpty();
        assertThat(count(full, GROUPS).outcome()).isEqualTo(Outcome.COMPLETE);
    }

    private void permit(boolean hidden) {
        SampleClient reader = SampleClients.of(FaultyTenant.SEED).named(SampleClients.READER);
        Set<String> permissions = new HashSet<>(reader.permissions());
        if (!hidden) {
            permissions.remove(PERMISSION);
        }
        tenant.simulator
                .tenant()
                .register(
                        ClientRegistration.withSecret(reader.clientId(), reader.name(), reader.secret(), permissions));
    }

    private String group() {
        String group = id(tenant.change(
                "POST",
                "groups",
                "{\"displayName\":\"Quiet\",\"mailNickname\":\"quiet\",\"mailEnabled\":true,\"securityEnabled\":false,"
                        + "\"groupTypes\":[\"Unified\"],\"visibility\":\"HiddenMembership\"}"));
        List<String> users = tenant.ids("users");
        tenant.refer("groups/" + group + "/members", users.get(0));
        tenant.refer("groups/" + group + "/members", users.get(1));
        return group;
    }

    private String unit() {
        String unit = id(tenant.change(
                "POST",
                "directory/administrativeUnits",
                "{\"displayName\":\"Quiet\",\"visibility\":\"HiddenMembership\"}"));
        tenant.refer(
                "directory/administrativeUnits/" + unit + "/members",
                tenant.ids("users").get(2));
        return unit;
    }

    private static String id(String body) {
        return JsonText.parseObject(body).findString("id").orElseThrow();
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private List<String> members(String type, String source) {
        return FaultyTenant.present(tenant.memory.history).keySet().stream()
                .filter(key -> key.startsWith(type + "|" + source + "~"))
                .toList();
    }
}
