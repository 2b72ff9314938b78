package io.tidemark.diff.copies;

import io.tidemark.diff.bundle.BundleReader;
import io.tidemark.diff.copies.CopiesConfig.AfterSeal;
import io.tidemark.diff.copies.CopiesConfig.Kind;
import io.tidemark.diff.copies.CopyTarget.Bundles;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.seal.SealFollower;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.Tasks;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Takes orders for copies and for their way back, and orders those that are made after each seal. */
@ApplicationScoped
public class Copies implements SealFollower {

    private final CopyTargets targets;
    private final Tasks tasks;
    private final HistoryStore history;

    Copies(CopyTargets targets, Tasks tasks, HistoryStore history) {
        this.targets = targets;
        this.tasks = tasks;
        this.history = history;
    }

    /** One place, as shown. */
    public record Place(String name, Kind kind, AfterSeal afterSeal, boolean encrypted) {}

    /** The places for a tenant's snapshots. */
    public List<Place> places(TenantId tenant) {
        return targets.of(tenant).stream()
                .map(target -> new Place(
                        target.name(),
                        target.settings().kind(),
                        target.settings().afterSeal(),
                        target.settings().encryptionKey().isPresent()))
                .toList();
    }

    @Override
    public void sealed(Snapshot snapshot) {
        targets.of(snapshot.tenant()).stream()
                .filter(target -> target.takesBySelf(snapshot))
                .forEach(target -> export(snapshot, target));
    }

    /**
     * Orders a copy, or gives back the one that was ordered before.
     *
     * @throws ProblemException if the snapshot is not sealed or there is no such target
     */
    public Task export(Snapshot snapshot, String name) {
        if (!snapshot.isSealed()) {
            throw ProblemException.conflict(
                    "snapshot-not-sealed",
                    "snapshot " + snapshot.id() + " is " + snapshot.state() + " and cannot be copied");
        }
        return export(snapshot, known(snapshot.tenant(), name));
    }

    private Task export(Snapshot snapshot, CopyTarget target) {
        Instant instant = Objects.requireNonNull(snapshot.instant(), "a sealed snapshot has an instant");
        return tasks.order(
                snapshot.tenant(),
                Exports.FORM.id(snapshot.id(), target.name()),
                Exports.FORM.kind(),
                snapshot.id(),
                Exports.FORM.spelt(new Exports.Order(target.name(), instant)));
    }

    /**
     * The snapshots of which a target has a bundle.
     *
     * @throws ProblemException if there is no such target or it cannot be read
     */
    public List<String> bundles(TenantId tenant, String name) {
        try {
            return BundleReader.snapshots(bundleTarget(tenant, name).place(), tenant);
        } catch (TaskException | InterruptedTaskException e) {
            throw new ProblemException(502, "target-unusable", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Orders that a bundle is brought back, or gives back the order that was given before.
     *
     * @throws ProblemException if the tenant has a history already or there is no such target
     */
    public Task restore(TenantId tenant, String name, String snapshot) {
        Bundles unused = bundleTarget(tenant, name);
        String id = Imports.FORM.id(snapshot, name);
        if (tasks.find(tenant, Imports.FORM.kind(), id).isEmpty()
                && !history.page(tenant, null, 1).isEmpty()) {
            throw ProblemException.conflict(
                    "tenant-not-empty",
                    "the tenant has a history here already; a bundle is only taken into an empty one");
        }
        return tasks.order(tenant, id, Imports.FORM.kind(), snapshot, Imports.FORM.spelt(new Imports.Order(name)));
    }

    private Bundles bundleTarget(TenantId tenant, String name) {
        return known(tenant, name)
                .bundles()
                .orElseThrow(() ->
                        ProblemException.badRequest("no-bundles", "target '" + name + "' holds commits, not bundles"));
    }

    private CopyTarget known(TenantId tenant, String name) {
        return targets.find(tenant, name)
                .orElseThrow(() -> ProblemException.badRequest(
                        "unknown-target", "target '" + name + "' is not configured for this tenant"));
    }
}
