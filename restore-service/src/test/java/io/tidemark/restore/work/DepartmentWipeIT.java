package io.tidemark.restore.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.comparison.Change;
import io.tidemark.directory.comparison.DirectoryDiffer;
import io.tidemark.restore.RecordedHistory;
import io.tidemark.restore.Recording;
import io.tidemark.restore.SimulatedTenant;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.simulator.quota.QuotaMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepartmentWipeIT {

    @TempDir
    Path folder;

    private SimulatedTenant tenant;
    private Workbench bench;
    private Recording before;
    private Recording after;

    @BeforeEach
    void wipe() {
        tenant = new SimulatedTenant(QuotaMode.OFF, Map.of("users", "600"));
        bench = new Workbench(tenant, folder);
        before = tenant.record();
        tenant.play("department-wipe", Map.of("count", "60"));
        after = tenant.record();
    }

    @AfterEach
    void stop() {
        bench.close();
        tenant.close();
    }

    @Test
    void attributesManagersAndMembershipsOfTheUsersComeBack() {
        RestoreJob job = bench.restore(history(), users(), RestoreOptions.DEFAULTS);

        assertThat(job.state()).isEqualTo(RestoreState.COMPLETED_WITH_WARNINGS);
        assertThat(types(changesSince(before))).doesNotContain("user", "user.manager");
        assertThat(changesSince(before)).allMatch(this::isAnnouncedOrNotSelected, job.toString());
        assertThat(job.plan().byOperation().keySet()).containsExactlyInAnyOrder("patch", "set-manager", "add-links");
        assertThat(job.plan().byOperation()).containsEntry("patch", 60L);
        assertThat(tenant.simulator().ledger().entries().stream()
                        .filter(entry -> entry.appId().equals(ownAppId()))
                        .map(entry -> entry.clientRequestId())
                        .distinct()
                        .count())
                .isEqualTo(job.plan().writes());
    }

    @Test
    void everythingComesBackOrIsListedWithItsReason() {
        RestoreOptions asRecorded = new RestoreOptions(
                RestoreOptions.Created.KEEP,
                RestoreOptions.Conflict.SKIP,
                RestoreOptions.PolicyState.AS_RECORDED,
                true,
                0);

        RestoreJob job = bench.restore(history(), Selection.ALL, asRecorded);

        assertThat(job.state())
                .as("%s %s", job.reason(), bench.leftovers(job))
                .isEqualTo(RestoreState.COMPLETED_WITH_WARNINGS);
        Set<StateKey> left = bench.leftovers(job).stream()
                .map(point -> new StateKey(point.type(), point.id()))
                .collect(Collectors.toSet());
        assertThat(changesSince(before).stream().filter(change -> !isNew(job, change)))
                .allMatch(change -> left.contains(change.key()));
        assertThat(bench.leftovers(job)).noneMatch(point -> point.why() == OpenPoint.Why.FAILED);
    }

    private boolean isNew(RestoreJob job, Change change) {
        return job.ids().values().stream().anyMatch(id -> change.key().id().contains(id));
    }

    @Test
    void anUndoTakesBackJustWhatTheRestoreWrote() {
        RestoreJob job = bench.restore(history(), users(), RestoreOptions.DEFAULTS);

        RestoreJob undone = bench.undo(history(), job.id());

        assertThat(undone.state()).isEqualTo(RestoreState.COMPLETED);
        assertThat(changesSince(after)).isEmpty();
    }

    private boolean isAnnouncedOrNotSelected(Change change) {
        String type = change.key().type();
        return !type.equals("user") && !type.equals("user.manager") && !type.equals("group.members")
                || change.key().id().contains(deletedGroup());
    }

    private String deletedGroup() {
        return DirectoryDiffer.diff(before.state(), after.state()).stream()
                .filter(Change.Deleted.class::isInstance)
                .map(Change::key)
                .filter(key -> key.type().equals("group"))
                .map(StateKey::id)
                .findFirst()
                .orElseThrow();
    }

    private List<Change> changesSince(Recording recording) {
        return DirectoryDiffer.diff(recording.state(), tenant.record().state());
    }

    private static Set<String> types(List<Change> changes) {
        return changes.stream().map(change -> change.key().type()).collect(Collectors.toSet());
    }

    private RecordedHistory history() {
        return new RecordedHistory(before, after);
    }

    private String ownAppId() {
        return tenant.connections().ownAppIds(tenant.id()).iterator().next();
    }

    private static Selection users() {
        return new Selection(
                List.of("user", "user.manager", "group.members"),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }
}
