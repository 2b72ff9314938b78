package io.tidemark.snapshot.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RereadTest {

    @Test
    void fewChangedObjectsAreReadAgainOneByOneAndEachOnce() {
        Reread reread = Reread.after(List.of(
                        change(Operation.UPDATE, "user", "u1"),
                        change(Operation.UPDATE, "user", "u1"),
                        change(Operation.DELETE, "conditionalAccessPolicy", "p1")))
                .orElseThrow();

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
                .orElseThrow();

        assertThat(reread).isEqualTo(new Reread(CaptureMode.INCREMENTAL, List.of(), java.util.Optional.empty()));
    }

    @Test
    void aChangedMembershipDoesNotCostAllMembersOfItsGroup() {
        assertThat(Reread.after(List.of(change(Operation.UNLINK, "group", "g1")))
                        .orElseThrow()
                        .mode())
                .isEqualTo(CaptureMode.INCREMENTAL);
    }

    @Test
    void whatIsOfNoKindOfOursIsLookedForAmongAllChanges() {
        assertThat(Reread.after(List.of(change(Operation.OTHER, "somethingNew", "x")))
                        .orElseThrow()
                        .mode())
                .isEqualTo(CaptureMode.INCREMENTAL);
    }

    @Test
    void aNativeRecoveryLeavesNoDeltaRecordsAndIsFollowedByOneFullRead() {
        ChangeRecorded job = change(Operation.OTHER, "recoveryJob", "j1", "Backup and Recovery", "success");

        Reread first = Reread.after(List.of(change(Operation.UPDATE, "user", "u1"), job))
                .orElseThrow();
        Reread again = Reread.after(List.of(job)).orElseThrow();

        assertThat(first.mode()).isEqualTo(CaptureMode.FULL);
        assertThat(first.key()).isPresent().isEqualTo(again.key());
    }

    @Test
    void whatFailedChangedNothing() {
        assertThat(Reread.after(List.of(change(Operation.UPDATE, "user", "u1", "UserManagement", "failure"))))
                .isEmpty();
    }

    private static ChangeRecorded change(Operation operation, String type, String id) {
        return change(operation, type, id, "UserManagement", "success");
    }

    private static ChangeRecorded change(Operation operation, String type, String id, String category, String result) {
        return new ChangeRecorded(
                "5f4e0f5e-3c5c-4f0e-8d5c-0d6f3c1b2a11",
                "audit-" + id,
                "correlation-" + id,
                "Some activity",
                "some activity",
                category,
                operation,
                new Target(type, id, null),
                List.of(),
                new Actor(Actor.Kind.SYSTEM, null, null, null, null, null, null),
                List.of(),
                result,
                Instant.parse("2026-03-01T10:00:00Z"),
                false,
                Mapping.GENERIC);
    }
}
