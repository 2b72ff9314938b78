package io.tidemark.diff.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.diff.work.Task.Name;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/** Does queued tasks, one lease each. */
@ApplicationScoped
class TaskWorker {

    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration UNFORESEEN = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(TaskWorker.class);

    private final TaskStore tasks;
    private final Map<String, TaskRunner> runners = new HashMap<>();
    private final LeaseStore leases;
    private final WorkConfig config;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final ExecutorService threads;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<Name> running = ConcurrentHashMap.newKeySet();

    TaskWorker(
            TaskStore tasks,
            @All List<TaskRunner> runners,
            LeaseStore leases,
            WorkConfig config,
            MeterRegistry metrics,
            Clock clock) {
        this.tasks = tasks;
        runners.forEach(runner -> this.runners.put(runner.kind(), runner));
        this.leases = leases;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(config.workers());
    }

    @Scheduled(every = "{tidemark.work.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtQueue() {
        tasks.due(clock.instant()).forEach(this::offer);
    }

    /** Does the task as soon as a thread is free; if that fails, the queue will bring it back. */
    void offer(Name name) {
        if (running.add(name)) {
            try {
                threads.execute(() -> run(name));
            } catch (RejectedExecutionException e) {
                running.remove(name);
                LOG.infof("task left to others, the service stops task=%s", name);
            }
        }
    }

    private void run(Name name) {
        try {
            Optional<Lease> lease = leases.acquire("task|" + name, LEASE);
            if (lease.isPresent()) {
                LeasedTurn turn = new LeasedTurn(tasks, leases, lease.get(), clock, stopping);
                try {
                    if (tasks.isQueued(name)) {
                        work(name, turn);
                    }
                } finally {
                    leases.release(turn.lease());
                }
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "task cut off, it stays in the queue task=%s", name);
            postpone(name);
        } finally {
            running.remove(name);
        }
    }

    private void work(Name name, LeasedTurn turn) {
        Optional<Task> found = tasks.find(name.tenant(), name.id());
        if (found.isEmpty()
                || found.get().hasEnded()
                || !runners.containsKey(found.get().kind())) {
            tasks.done(name);
            return;
        }
        TaskRunner runner = runners.get(found.get().kind());
        turn.begin(found.get());
        Task ended;
        try {
            String result = runner.run(turn);
            ended = turn.end().done(result, clock.instant());
        } catch (TaskException e) {
            ended = turn.end().failed(text(e), clock.instant());
        } catch (InterruptedTaskException e) {
            Task task = turn.end();
            if (task.attempts() + 1 < config.attempts()) {
                later(task.interrupted(text(e)));
                return;
            }
            ended = task.failed(
                    "given up after " + config.attempts() + " attempts, the last one because " + text(e),
                    clock.instant());
        }
        tasks.update(ended);
        metrics.counter(
                        "tidemark.tasks.ended",
                        "kind",
                        ended.kind(),
                        "state",
                        ended.state().name())
                .increment();
        LOG.infof(
                "task ended tenant=%s kind=%s task=%s subject=%s state=%s reason=%s",
                ended.tenant(), ended.kind(), ended.id(), ended.subject(), ended.state(), ended.reason());
        if (ended.state() == Task.State.FAILED) {
            runner.failed(ended);
        }
        tasks.done(name);
    }

    private void later(Task task) {
        long seconds = Math.min(config.longestPause().toSeconds(), 1L << Math.min(task.attempts(), 20));
        tasks.update(task);
        tasks.queue(task, clock.instant().plusSeconds(seconds));
        LOG.warnf(
                "task cut off, to be tried again tenant=%s kind=%s task=%s subject=%s seconds=%d reason=%s",
                task.tenant(), task.kind(), task.id(), task.subject(), seconds, task.reason());
    }

    /** Nobody foresaw why it was cut off, so that trying again at once would only fill the log. */
    private void postpone(Name name) {
        try {
            tasks.find(name.tenant(), name.id())
                    .filter(task -> !task.hasEnded())
                    .ifPresent(task -> tasks.queue(task, clock.instant().plus(UNFORESEEN)));
        } catch (RuntimeException e) {
            LOG.warnf("task could not be postponed task=%s reason=%s", name, e.getMessage());
        }
    }

    private static String text(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        threads.shutdown();
    }
}
