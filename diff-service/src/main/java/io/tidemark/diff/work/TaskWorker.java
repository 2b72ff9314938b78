package io.tidemark.diff.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.tidemark.diff.work.Task.Name;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.store.StoreNotice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Does queued tasks, one lease each. */
@ApplicationScoped
class TaskWorker {

    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration UNFORESEEN = Duration.ofSeconds(15);
    private static final Duration WAIT = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(TaskWorker.class);

    private final StoreNotice store = new StoreNotice(LOG, "tasks");
    private final TaskStore tasks;
    private final Map<String, TaskRunner> runners = new HashMap<>();
    private final LeaseStore leases;
    private final Attempts attempts;
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
        this.attempts = new Attempts(config.attempts(), config.longestPause());
        this.metrics = metrics;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(config.workers());
    }

    @Scheduled(every = "{tidemark.work.every}", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtQueue() {
        store.round(() -> tasks.due(clock.instant()).forEach(this::offer));
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
            if (!store.covers(e)) {
                LOG.errorf(e, "task cut off, it stays in the queue task=%s", name);
                postpone(name);
            }
        } finally {
            running.remove(name);
        }
    }

    private void work(Name name, LeasedTurn turn) {
        Optional<Task> found = readable(name);
        @Nullable TaskRunner runner = found.map(one -> runners.get(one.kind())).orElse(null);
        if (found.isEmpty() || runner == null) {
            tasks.done(name);
            return;
        }
        Task task = found.get();
        if (task.hasEnded()) {
            // It was cut off between its end and the news of it.
            leave(task, runner);
        } else if (task.state() == Task.State.RUNNING) {
            // Nobody runs it, or there were no lease: its worker went without a word, and may go again.
            turn.begin(task);
            cutOff(turn.task(), runner, "its worker went without a word: killed, or out of memory");
        } else {
            turn.begin(task);
            attempt(turn, runner);
        }
    }

    private void attempt(LeasedTurn turn, TaskRunner runner) {
        Task ended;
        try {
            String result = runner.run(turn);
            ended = turn.end().done(result, clock.instant());
        } catch (TaskException e) {
            ended = turn.end().failed(text(e), clock.instant());
        } catch (InterruptedTaskException e) {
            cutOff(turn.end(), runner, text(e));
            return;
        } catch (PublishException e) {
            cutOff(turn.end(), runner, "the broker did not take what was to be told");
            return;
        } catch (WaitingTaskException e) {
            Task waiting = turn.task().waiting(text(e));
            tasks.update(waiting);
            tasks.queue(waiting, clock.instant().plus(WAIT));
            return;
        } catch (TurnOverException e) {
            tasks.update(turn.task().waiting(turn.task().reason()));
            LOG.infof("task left in the queue task=%s reason=%s", turn.task().name(), e.getMessage());
            return;
        } catch (RuntimeException e) {
            if (store.covers(e)) {
                cutOff(turn.task(), runner, "the store did not answer");
                return;
            }
            LOG.errorf(
                    e,
                    "task cut off by what nobody foresaw tenant=%s kind=%s task=%s subject=%s",
                    turn.task().tenant(),
                    turn.task().kind(),
                    turn.task().id(),
                    turn.task().subject());
            cutOff(turn.task(), runner, Unforeseen.reason(e));
            return;
        }
        end(ended, runner);
    }

    private void cutOff(Task task, TaskRunner runner, String why) {
        Task tried = task.interrupted(why);
        if (attempts.areOver(tried.attempts())) {
            end(
                    tried.failed(
                            "given up after " + tried.attempts() + " attempts, the last one because " + why,
                            clock.instant()),
                    runner);
        } else {
            later(tried);
        }
    }

    private void end(Task ended, TaskRunner runner) {
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
                ended.tenant(),
                ended.kind(),
                ended.id(),
                ended.subject(),
                ended.state(),
                Objects.requireNonNullElse(ended.reason(), "-"));
        leave(ended, runner);
    }

    private void leave(Task ended, TaskRunner runner) {
        if (ended.state() == Task.State.FAILED) {
            runner.failed(ended);
        }
        tasks.done(ended.name());
    }

    private void later(Task task) {
        Duration pause = attempts.pause(task.attempts());
        tasks.update(task);
        tasks.queue(task, clock.instant().plus(pause));
        LOG.warnf(
                "task cut off, to be tried again tenant=%s kind=%s task=%s subject=%s seconds=%d reason=%s",
                task.tenant(), task.kind(), task.id(), task.subject(), pause.toSeconds(), task.reason());
    }

    /** One that cannot be read can be done by nobody, and must not come again and again. */
    private Optional<Task> readable(Name name) {
        try {
            return tasks.find(name.tenant(), name.id());
        } catch (TaskException e) {
            LOG.errorf("stored task not readable, taken off the queue task=%s", name);
            return Optional.empty();
        }
    }

    /** The store or the broker refused what comes after the work, so that trying again at once would only fill the log. */
    private void postpone(Name name) {
        try {
            tasks.find(name.tenant(), name.id())
                    .ifPresent(task -> tasks.queue(task, clock.instant().plus(UNFORESEEN)));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "task could not be postponed task=%s reason=%s",
                    name, e.getClass().getSimpleName());
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
