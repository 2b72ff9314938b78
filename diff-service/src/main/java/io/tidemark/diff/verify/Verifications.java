package io.tidemark.diff.verify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.diff.ops.Operators;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.TaskForm;
import io.tidemark.diff.work.TaskRunner;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Verifies snapshots, and tells operators when one is damaged. */
@ApplicationScoped
public class Verifications implements TaskRunner {

    public static final TaskForm<VerifyOrder, Verdict> FORM =
            new TaskForm<>("verify", VerifyOrder.class, Verdict.class);

    private final Verifier verifier;
    private final Operators operators;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<Level, AtomicLong> lastIntact = new ConcurrentHashMap<>();

    Verifications(Verifier verifier, Operators operators, MeterRegistry metrics, Clock clock) {
        this.verifier = verifier;
        this.operators = operators;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The id of a verification; the same for the same order with the same key. */
    public static String id(String snapshot, VerifyOrder order, String again) {
        return FORM.id(
                snapshot, order.level().name(), Double.toString(order.share()), Long.toString(order.seed()), again);
    }

    @Override
    public String kind() {
        return FORM.kind();
    }

    @Override
    public String run(Turn turn) {
        Task task = turn.task();
        VerifyOrder order = FORM.order(task);
        Verdict verdict = verifier.verify(turn, order);
        if (verdict.outcome() == Verdict.Outcome.DAMAGED) {
            metrics.counter("tidemark.verify.damaged").increment(verdict.findings());
            operators.tell(
                    task.tenant(),
                    "snapshot-damaged",
                    "snapshot/" + task.subject(),
                    "verification " + task.id() + " of snapshot " + task.subject() + " found " + verdict.findings()
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
