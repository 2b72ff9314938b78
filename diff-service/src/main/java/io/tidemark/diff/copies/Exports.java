package io.tidemark.diff.copies;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.diff.bundle.BundleWriter;
import io.tidemark.diff.bundle.BundleWriter.Written;
import io.tidemark.diff.copies.CopyTarget.Bundles;
import io.tidemark.diff.copies.CopyTarget.Commits;
import io.tidemark.diff.gitcopy.GitCopy.Committed;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.history.History;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskForm;
import io.tidemark.diff.work.TaskRunner;
import io.tidemark.diff.work.TaskStore;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import io.tidemark.diff.work.WaitingTaskException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Copies snapshots to their places. */
@ApplicationScoped
public class Exports implements TaskRunner {

    public static final TaskForm<Order, Result> FORM = new TaskForm<>("export", Order.class, Result.class);

    private static final int LOOKED_AT = 200;

    private final CopyTargets targets;
    private final SnapshotStore snapshots;
    private final TaskStore tasks;
    private final BundleWriter writer;
    private final Operators operators;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, AtomicLong> lastDone = new ConcurrentHashMap<>();

    Exports(
            CopyTargets targets,
            CopiesConfig config,
            SnapshotStore snapshots,
            TaskStore tasks,
            History history,
            Operators operators,
            MeterRegistry metrics,
            Clock clock) {
        this.targets = targets;
        this.snapshots = snapshots;
        this.tasks = tasks;
        this.writer = new BundleWriter(
                history, targets.signing(), targets.encryption(), config.partBytes(), config.workFolder());
        this.operators = operators;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Where a snapshot is to be copied to. */
    public record Order(String target, Instant instant) {}

    /** What was copied: a bundle or a commit. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(@Nullable Written bundle, @Nullable Committed commit) {}

    @Override
    public String kind() {
        return FORM.kind();
    }

    @Override
    public String run(Turn turn) {
        Task task = turn.task();
        Order order = FORM.order(task);
        CopyTarget target = targets.find(task.tenant(), order.target())
                .orElseThrow(
                        () -> new TaskException("target '" + order.target() + "' is not configured for the tenant"));
        Snapshot snapshot = snapshots
                .find(task.tenant(), task.subject())
                .filter(Snapshot::isSealed)
                .orElseThrow(() -> new TaskException("snapshot " + task.subject() + " is not sealed"));
        Result result;
        try {
            result = copy(turn, snapshot, target, order);
        } catch (DamagedHistoryException e) {
            throw new TaskException(e.getMessage() + "; verify the snapshot", e);
        }
        lastDone.computeIfAbsent(
                        target.name(),
                        name -> metrics.gauge(
                                "tidemark.copies.last.done.timestamp.seconds",
                                Tags.of("target", name),
                                new AtomicLong()))
                .set(clock.instant().getEpochSecond());
        return TaskText.of(result);
    }

    private Result copy(Turn turn, Snapshot snapshot, CopyTarget target, Order order) {
        if (target.sort() instanceof Bundles bundles) {
            return new Result(writer.write(turn, snapshot, bundles.place(), bundles.encryptionKey()), null);
        }
        if (target.sort() instanceof Commits commits) {
            waitForEarlier(turn.task(), order);
            return new Result(null, commits.repository().write(turn, snapshot));
        }
        throw new IllegalStateException("target '" + target.name() + "' is of no known sort");
    }

    /** Commits are in order of time: an earlier snapshot that is still on its way goes first. */
    private void waitForEarlier(Task task, Order order) {
        boolean earlier = tasks.list(task.tenant(), FORM.kind(), null, LOOKED_AT).stream()
                .filter(other -> !other.hasEnded() && !other.id().equals(task.id()))
                .map(FORM::order)
                .anyMatch(other ->
                        other.target().equals(order.target()) && other.instant().isBefore(order.instant()));
        if (earlier) {
            throw new WaitingTaskException("an earlier snapshot is to be committed first");
        }
    }

    @Override
    public void failed(Task task) {
        metrics.counter("tidemark.copies.failed", "target", FORM.order(task).target())
                .increment();
        operators.tell(
                task.tenant(),
                "copy-failed",
                "snapshot/" + task.subject(),
                "snapshot " + task.subject() + " was not copied to '"
                        + FORM.order(task).target() + "': " + task.reason(),
                task.endedAt() == null ? task.createdAt() : task.endedAt());
    }
}
