package io.tidemark.diff.copies;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.bundle.BundleReader;
import io.tidemark.diff.bundle.BundleReader.Bundle;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Captures;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskForm;
import io.tidemark.diff.work.TaskRunner;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.json.TextLength;
import io.tidemark.runtime.event.EventPublisher;
import io.tidemark.runtime.event.PublishException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings bundles back. The whole bundle is checked before anything is written; then its states are published as a capture would publish them, so
 * that they are taken in, counted and sealed like any other.
 */
@ApplicationScoped
public class Imports implements TaskRunner {

    public static final TaskForm<Order, Result> FORM = new TaskForm<>("import", Order.class, Result.class);

    private static final String CHECKED = "checked";
    private static final int BATCH = 500;

    /** Bodies beyond this weigh as many small ones, so that a batch stays small in memory. */
    private static final int LARGE = 16 * 1024;

    private static final int LARGE_WEIGHT = 25;
    private static final ContentHash DELETED = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));

    private final CopyTargets targets;
    private final BundleReader reader;
    private final HistoryStore history;
    private final SnapshotStore snapshots;
    private final Captures captures;
    private final CapturesHere captured;
    private final KeptBodies bodies;
    private final EventPublisher publisher;
    private final Operators operators;
    private final CopiesConfig config;
    private final Clock clock;

    Imports(
            CopyTargets targets,
            HistoryStore history,
            SnapshotStore snapshots,
            Captures captures,
            CapturesHere captured,
            KeptBodies bodies,
            EventPublisher publisher,
            Operators operators,
            CopiesConfig config,
            Clock clock) {
        this.targets = targets;
        this.reader = new BundleReader(targets.signing(), targets.encryption(), config.workFolder());
        this.history = history;
        this.snapshots = snapshots;
        this.captures = captures;
        this.captured = captured;
        this.bodies = bodies;
        this.publisher = publisher;
        this.operators = operators;
        this.config = config;
        this.clock = clock;
    }

    /** Where the bundle is. */
    public record Order(String target) {}

    /** What came of it. */
    public record Result(String snapshotId, Snapshot.State state, long states) {}

    @Override
    public String kind() {
        return FORM.kind();
    }

    @Override
    public String run(Turn turn) {
        Task task = turn.task();
        CopyTarget target = targets.find(task.tenant(), FORM.order(task).target())
                .orElseThrow(() -> new TaskException("the target is not configured for the tenant any more"));
        var bundles = target.bundles().orElseThrow(() -> new TaskException("the target holds no bundles"));
        captured.refuse(turn);
        Bundle bundle = reader.open(bundles.place(), task.tenant(), task.subject());
        if (!CHECKED.equals(task.checkpoint())) {
            requireEmpty(task.tenant());
            long[] seen = {0};
            bundle.read(state -> beat(turn, ++seen[0], bundle.lines()));
            turn.checkpoint(CHECKED);
        }
        captures.doubted(
                bundle.report(Map.of()), bundle.suspect(), bundle.accepted().orElse(null));
        long states = publish(turn, bundle);
        Snapshot sealed = settled(turn);
        operators.tell(
                task.tenant(),
                "bundle-imported",
                "snapshot/" + sealed.id(),
                "snapshot " + sealed.id() + " was brought back from '" + target.name() + "' with " + states + " states"
                        + (sealed.remarks().accepted() == null ? "" : "; it was suspect, and had been accepted there"),
                task.createdAt());
        return TaskText.of(new Result(sealed.id(), sealed.state(), states));
    }

    private void requireEmpty(TenantId tenant) {
        if (!history.page(tenant, null, 1).isEmpty()) {
            throw new TaskException("the tenant has a history here already; a bundle is only taken into an empty one");
        }
    }

    private static void beat(Turn turn, long done, long lines) {
        if (done % BATCH == 0) {
            // Each line is read twice: to check all of them, and to publish them.
            turn.progress(new Progress(done, 2 * lines));
        }
    }

    private long publish(Turn turn, Bundle bundle) {
        Map<String, SetDigest> published = new HashMap<>();
        List<Event<?>> batch = new ArrayList<>(BATCH);
        long[] done = {0};
        int[] weight = {0};
        try {
            bundle.read(state -> {
                ContentHash hash = state.stateHash() == null ? DELETED : new ContentHash(state.stateHash());
                published.merge(state.objectType(), SetDigest.EMPTY.plus(state.key(), hash), SetDigest::plus);
                batch.add(event(bodies.claimedIfLarge(state)));
                done[0]++;
                weight[0] += isLarge(state) ? LARGE_WEIGHT : 1;
                if (weight[0] >= BATCH) {
                    publisher.publish(batch);
                    batch.clear();
                    weight[0] = 0;
                    turn.progress(new Progress(bundle.lines() + done[0], 2 * bundle.lines()));
                }
            });
            publisher.publish(batch);
            captured.refuse(turn);
            publisher.publish(event(bundle.report(published)));
            turn.progress(new Progress(2 * bundle.lines(), 2 * bundle.lines()));
        } catch (PublishException e) {
            throw new InterruptedTaskException("the broker did not take all states", e);
        }
        return done[0];
    }

    private static boolean isLarge(ObjectState state) {
        return state.body() != null && TextLength.mayExceed(state.body(), LARGE);
    }

    private Snapshot settled(Turn turn) {
        Instant deadline = clock.instant().plus(config.sealPatience());
        while (clock.instant().isBefore(deadline)) {
            Optional<Snapshot> found =
                    snapshots.find(turn.task().tenant(), turn.task().subject());
            if (found.isPresent() && found.get().isSealed()) {
                return found.get();
            }
            if (found.isPresent() && found.get().state() != Snapshot.State.PENDING) {
                throw new TaskException("the snapshot is " + found.get().state() + ": "
                        + found.get().reason());
            }
            turn.pause();
        }
        throw new InterruptedTaskException("the snapshot was not sealed within " + config.sealPatience());
    }

    @Override
    public void failed(Task task) {
        operators.tell(
                task.tenant(),
                "import-failed",
                "snapshot/" + task.subject(),
                "snapshot " + task.subject() + " was not brought back: " + task.reason(),
                task.endedAt() == null ? task.createdAt() : task.endedAt());
    }

    private static Event<ObjectState> event(ObjectState state) {
        String content = state.deleted() == null
                ? String.valueOf(state.stateHash())
                : state.deleted().name();
        return new Event<>(
                Event.idOf(
                        state.tenantId(),
                        state.key().text(),
                        state.captureId(),
                        state.observedAt().toString(),
                        content),
                EventType.OBJECT_STATE,
                source(state.tenantId()),
                state.objectType() + "/" + state.objectId(),
                state.observedAt(),
                state.tenantId() + "|" + state.key().text(),
                state.captureId(),
                state);
    }

    private static Event<CaptureReport> event(CaptureReport report) {
        return new Event<>(
                Event.idOf(report.tenantId(), FORM.kind(), report.captureId()),
                EventType.SNAPSHOT_COMPLETED,
                source(report.tenantId()),
                "snapshot/" + report.captureId(),
                report.completedAt() == null ? report.startedAt() : report.completedAt(),
                report.tenantId(),
                report.captureId(),
                report);
    }

    private static String source(String tenant) {
        return "/tenants/" + tenant + "/diff-service";
    }
}
