package io.tidemark.diff.verify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.Event;
import io.tidemark.diff.history.StoredStates;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskRunner;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Verifies snapshots, and tells operators when one is damaged. */
@ApplicationScoped
public class Verifications implements TaskRunner {

    public static final String KIND = "verify";

    private final SnapshotStore snapshots;
    private final StoredStates states;
    private final Operators operators;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<Level, AtomicLong> lastIntact = new ConcurrentHashMap<>();

    Verifications(
            SnapshotStore snapshots, StoredStates states, Operators operators, MeterRegistry metrics, Clock clock) {
        this.snapshots = snapshots;
        this.states = states;
        this.operators = operators;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The id of a verification; the same for the same order with the same key. */
    public static String id(String snapshot, VerifyOrder order, String again) {
        return Event.idOf(
                KIND,
                snapshot,
                order.level().name(),
                Double.toString(order.share()),
                Long.toString(order.seed()),
                again);
    }

    public static String text(VerifyOrder order) {
        return TaskText.of(order);
    }

    public static VerifyOrder order(Task task) {
        return TaskText.read(task.order(), VerifyOrder.class);
    }

    /** What the verification came to; null until it has. */
    public static @Nullable Verdict verdict(Task task) {
        return task.result() == null ? null : TaskText.read(task.result(), Verdict.class);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String run(Turn turn) {
        Task task = turn.task();
        Snapshot snapshot = snapshots
                .find(task.tenant(), task.subject())
                .orElseThrow(() -> new TaskException("snapshot " + task.subject() + " is not known"));
        Instant instant = snapshot.instant();
        if (!snapshot.isSealed() || instant == null) {
            throw new TaskException(
                    "snapshot " + snapshot.id() + " is " + snapshot.state() + ", only sealed ones can be verified");
        }
        long expected =
                snapshot.counts().values().stream().mapToLong(Long::longValue).sum();
        VerifyOrder order = order(task);
        SnapshotCheck check = new SnapshotCheck(
                states,
                task.tenant(),
                instant,
                order,
                finding -> turn.line(TaskText.of(finding)),
                done -> turn.progress(new Progress(done, Math.max(done, expected))));
        Verdict verdict = check.against(snapshot.capture().types());
        if (verdict.outcome() == Verdict.Outcome.DAMAGED) {
            metrics.counter("tidemark.verify.damaged").increment(verdict.findings());
            operators.tell(
                    task.tenant(),
                    "snapshot-damaged",
                    "snapshot/" + snapshot.id(),
                    "verification " + task.id() + " of snapshot " + snapshot.id() + " found " + verdict.findings()
                            + " stored values that are not as they were sealed",
                    task.createdAt());
        } else {
            lastIntact(order.level()).set(clock.instant().getEpochSecond());
        }
        return TaskText.of(verdict);
    }

    private AtomicLong lastIntact(Level level) {
        return lastIntact.computeIfAbsent(level, one -> {
            AtomicLong seconds = new AtomicLong();
            metrics.gauge(
                    "tidemark.verify.last.intact.timestamp.seconds",
                    io.micrometer.core.instrument.Tags.of("level", one.name()),
                    seconds);
            return seconds;
        });
    }
}
