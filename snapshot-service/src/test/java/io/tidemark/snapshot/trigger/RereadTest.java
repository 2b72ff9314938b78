package io.tidemark.snapshot.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RereadTest {

    @Test
    void fewChangedObjectsAreReadAgainOneByOneAndEachOnce() {
        Reread reread = Reread.after(List.of(
                        change(Operation.UPDATE, "user", "u1"),
                        change(Operation.UPDATE, "user", "u1"),
                        change(Operation.DELETE, "conditionalAccessPolicy", "p1")))
                .get(0);

        assertThat(reread.mode()).isEqualTo(CaptureMode.TARGETED);
        assertThat(reread.objects())
                .containsExactly(
                        ObjectRef.of(ObjectKind.USER, "u1"), ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p1"));
    }

    @Test
    void manyChangedObjectsAreReadByAskingForAllChanges() {
        Reread reread = Reread.after(IntStream.rangeClosed(0, Reread.MOST_OBJECTS)
                        .mapToObj(i -> change(Operation.UPDATE, "user", "u" + i))
                        .toList())
                .get(0);

        assertThat(reread).isEqualTo(new Reread(CaptureMode.INCREMENTAL, List.of(), java.util.Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"user, N/A", "policy, Default Policy", "group, 'a|b'"})
    void whatIsNamedByWhatIsNoIdIsLookedForAmongAllChanges(String type, String id) {
        assertThat(Reread.after(List.of(change(Operation.UPDATE, type, id))))
                .extracting(Reread::mode)
                .containsExactly(CaptureMode.INCREMENTAL);
    }

    @Test
    void aChangedMembershipDoesNotCostAllMembersOfItsGroup() {
        assertThat(Reread.after(List.of(change(Operation.UNLINK, "group", "g1")))
                        .get(0)
                        .mode())
                .isEqualTo(CaptureMode.INCREMENTAL);
    }

    @ParameterizedTest
    @CsvSource({
        "administrativeUnit, members, user",
        "device, registeredOwners, user",
        "device, registeredUsers, user",
        "user, sponsors, user"
    })
    void aLinkThatPerhapsNoDeltaQueryTellsIsReadAtTheObjectThatItHangsOn(String type, String role, String end) {
        ChangeRecorded added = change(
                Operation.LINK,
                type,
                "source",
                "Directory",
                "success",
                List.of(new ChangeRecorded.Related(role, end, "end")));

        assertThat(Reread.after(List.of(added)))
                .containsExactly(new Reread(
                        CaptureMode.TARGETED,
                        List.of(ObjectRef.of(ObjectKind.parse(type), "source")),
                        java.util.Optional.empty()));
    }

    @Test
    void anOwnerOfAnApplicationIsToldByItsDeltaQueryAlone() {
        ChangeRecorded added = change(
                Operation.LINK,
                "application",
                "a1",
                "ApplicationManagement",
                "success",
                List.of(new ChangeRecorded.Related("owners", "user", "u1")));

        assertThat(Reread.after(List.of(added))).extracting(Reread::mode).containsExactly(CaptureMode.INCREMENTAL);
    }

    @Test
    void anAppRoleGivenToAUserIsReadAtItsResourceAndTheUserAmongAllChanges() {
        List<Reread> rereads = Reread.after(
                List.of(change(Operation.LINK, "servicePrincipal", "resource"), change(Operation.LINK, "user", "u1")));

        assertThat(rereads).extracting(Reread::mode).containsExactly(CaptureMode.INCREMENTAL, CaptureMode.TARGETED);
        assertThat(rereads.get(1).objects()).containsExactly(ObjectRef.of(ObjectKind.SERVICE_PRINCIPAL, "resource"));
    }

    @Test
    void manyChangedApplicationsAreReadForWhatHangsOnThemBesideAllChanges() {
        List<Reread> rereads = Reread.after(IntStream.rangeClosed(0, Reread.MOST_OBJECTS)
                .mapToObj(i -> change(Operation.UPDATE, "application", "a" + i))
                .toList());

        assertThat(rereads).extracting(Reread::mode).containsExactly(CaptureMode.INCREMENTAL, CaptureMode.TARGETED);
        assertThat(rereads.get(1).objects()).hasSize(Reread.MOST_OBJECTS + 1);
    }

    @Test
    void aPolicyThatTheLogGivesNoKindIsLookedForAmongThoseThatApplyToSomething() {
        List<Reread> rereads = Reread.after(List.of(change(Operation.LINK, "policy", "p1")));

        assertThat(rereads).extracting(Reread::mode).containsExactly(CaptureMode.INCREMENTAL, CaptureMode.TARGETED);
        assertThat(rereads.get(1).objects())
                .contains(ObjectRef.of(ObjectKind.CLAIMS_MAPPING_POLICY, "p1"))
                .allSatisfy(ref -> assertThat(ref.id().value()).isEqualTo("p1"));
    }

    @ParameterizedTest
    @CsvSource({
        "create incompatible access package, ACCESS_PACKAGE",
        "delete incompatible access package, ACCESS_PACKAGE",
        "create incompatible group, ACCESS_PACKAGE",
        "update access package assignment policy, ACCESS_PACKAGE",
        "update access package catalog resource, ACCESS_PACKAGE_CATALOG",
        "create resource request, ACCESS_PACKAGE_CATALOG",
        "assign user as external sponsor, CONNECTED_ORGANIZATION",
        "remove user as internal sponsor, CONNECTED_ORGANIZATION"
    })
    void whatEntitlementManagementHangsOnAnObjectIsReadThereThoughTheLogGivesNoTypes(String activity, ObjectKind on) {
        ChangeRecorded untyped = named(activity, "directoryObject", "x1");
        ChangeRecorded typed = named(activity, "user", "u1");

        List<Reread> rereads = Reread.after(List.of(untyped, typed));

        assertThat(rereads).extracting(Reread::mode).containsExactly(CaptureMode.INCREMENTAL, CaptureMode.TARGETED);
        assertThat(rereads.get(1).objects()).containsExactly(new ObjectRef(on, new ObjectId("x1")));
    }

    @Test
    void anActivityThatOnlySoundsLikeOneOfEntitlementManagementNamesNothing() {
        assertThat(Reread.after(List.of(named("fulfill access package assignment request", "other", "x1"))))
                .extracting(Reread::mode)
                .containsExactly(CaptureMode.INCREMENTAL);
    }

    @Test
    void whatIsOfNoKindOfOursIsLookedForAmongAllChanges() {
        assertThat(Reread.after(List.of(change(Operation.OTHER, "somethingNew", "x")))
                        .get(0)
                        .mode())
                .isEqualTo(CaptureMode.INCREMENTAL);
    }

    @Test
    void aNativeRecoveryLeavesNoDeltaRecordsAndIsFollowedByOneFullRead() {
        ChangeRecorded job = change(Operation.OTHER, "recoveryJob", "j1", "Backup and Recovery", "success");

        Reread first = Reread.after(List.of(change(Operation.UPDATE, "user", "u1"), job))
                .get(0);
        Reread again = Reread.after(List.of(job)).get(0);

        assertThat(first.mode()).isEqualTo(CaptureMode.FULL);
        assertThat(first.key()).isPresent().isEqualTo(again.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"failure", "timeout"})
    void aNativeRecoveryThatFailedMayHavePutBackAPart(String result) {
        assertThat(Reread.after(List.of(change(Operation.OTHER, "recoveryJob", "j1", "Backup and Recovery", result))))
                .extracting(Reread::mode)
                .containsExactly(CaptureMode.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "unknown", "unknownfuturevalue"})
    void whatMayHaveBeenDoneIsReadAgain(String result) {
        assertThat(Reread.after(List.of(change(Operation.UPDATE, "user", "u1", "UserManagement", result))))
                .extracting(Reread::objects)
                .containsExactly(List.of(ObjectRef.of(ObjectKind.USER, "u1")));
    }

    @Test
    void whatFailedChangedNothing() {
        assertThat(Reread.after(List.of(change(Operation.UPDATE, "user", "u1", "UserManagement", "failure"))))
                .isEmpty();
    }

    private static ChangeRecorded named(String activity, String type, String id) {
        ChangeRecorded one = change(Operation.OTHER, type, id, "EntitlementManagement", "success");
        return new ChangeRecorded(
                one.tenantId(),
                one.auditId(),
                one.correlationId(),
                activity,
                activity,
                one.category(),
                one.operation(),
                one.object(),
                one.related(),
                one.actor(),
                one.properties(),
                one.result(),
                one.occurredAt(),
                one.truncated(),
                one.mapping());
    }

    private static ChangeRecorded change(Operation operation, String type, String id) {
        return change(operation, type, id, "UserManagement", "success");
    }

    private static ChangeRecorded change(Operation operation, String type, String id, String category, String result) {
        return change(operation, type, id, category, result, List.of());
    }

    private static ChangeRecorded change(
            Operation operation,
            String type,
            String id,
            String category,
            String result,
            List<ChangeRecorded.Related> related) {
        return new ChangeRecorded(
                "5f4e0f5e-3c5c-4f0e-8d5c-0d6f3c1b2a11",
                "audit-" + id,
                "correlation-" + id,
                "Some activity",
                "some activity",
                category,
                operation,
                new Target(type, id, null),
                related,
                new Actor(Actor.Kind.SYSTEM, null, null, null, null, null, null),
                List.of(),
                result,
                Instant.parse("2026-03-01T10:00:00Z"),
                false,
                Mapping.GENERIC);
    }
}
