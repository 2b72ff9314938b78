package io.tidemark.diff.work;

import io.tidemark.diff.work.Task.Progress;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A turn under a lease; renewed when half of it has passed. */
final class LeasedTurn implements Turn {

    private static final int LINES = 500;
    private static final long PAUSE_MILLIS = 200;
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(1);

    private final TaskStore tasks;
    private final LeaseStore leases;
    private final Clock clock;
    private final CountDownLatch stopping;
    private final List<String> lines = new ArrayList<>();
    private Lease lease;
    private @Nullable Task task;
    private Instant shown = Instant.EPOCH;

    LeasedTurn(TaskStore tasks, LeaseStore leases, Lease lease, Clock clock, CountDownLatch stopping) {
        this.tasks = tasks;
        this.leases = leases;
        this.lease = lease;
        this.clock = clock;
        this.stopping = stopping;
    }

    Lease lease() {
        return lease;
    }

    void begin(Task begun) {
        task = begun.running(lease.fence());
        tasks.update(task);
    }

    /** The task with all that was said of it. */
    Task end() {
        if (!lines.isEmpty()) {
            flush();
        }
        hold();
        return task();
    }

    @Override
    public Task task() {
        if (task == null) {
            throw new IllegalStateException("the turn has not begun");
        }
        return task;
    }

    @Override
    public void progress(Progress progress) {
        hold();
        Task now = task();
        task = now.at(progress, now.checkpoint(), now.pages());
        Instant instant = clock.instant();
        if (instant.isAfter(shown.plus(SHOWN_EVERY))) {
            shown = instant;
            tasks.update(task());
        }
    }

    @Override
    public void checkpoint(@Nullable String checkpoint) {
        hold();
        Task now = task();
        task = now.at(now.progress(), checkpoint, now.pages());
        tasks.update(task());
    }

    @Override
    public void line(String line) {
        lines.add(line);
        if (lines.size() >= LINES) {
            flush();
        }
    }

    private void flush() {
        Task now = task();
        tasks.putLines(now, now.pages(), List.copyOf(lines));
        lines.clear();
        task = now.at(now.progress(), now.checkpoint(), now.pages() + 1);
    }

    @Override
    public void pause() {
        hold();
        try {
            if (stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new TurnOverException("the service stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnOverException("interrupted while waiting");
        }
    }

    private void hold() {
        if (stopping.getCount() == 0) {
            throw new TurnOverException("the service stops");
        }
        if (clock.instant().isAfter(lease.until().minus(TaskWorker.LEASE.dividedBy(2)))) {
            lease = leases.renew(lease, TaskWorker.LEASE)
                    .orElseThrow(() -> new TurnOverException("another worker has taken the task over"));
        }
    }
}
