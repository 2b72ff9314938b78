package io.tidemark.snapshot.schedule;

import io.tidemark.directory.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where captures run: as many tenants side by side as there are workers, and one more for each that has not come on for a while. Tenants that
 * do not answer are waited for with much patience, and must not hold up the others meanwhile.
 */
final class CapturePool {

    private static final Duration A_WHILE = Duration.ofSeconds(30);

    /** What is not coming on may still hold memory. */
    private static final int MOST_MORE = 8;

    private final int workers;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private final Map<TenantId, Instant> cameOn = new ConcurrentHashMap<>();

    CapturePool(int workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                workers, workers, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), CapturePool::thread);
    }

    /**
     * Runs a tenant's captures as soon as there is a worker.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the pool is shut down
     */
    void execute(TenantId tenant, Runnable captures) {
        threads.execute(() -> {
            cameOn(tenant);
            try {
                captures.run();
            } finally {
                cameOn.remove(tenant);
            }
        });
    }

    /** Notes that a tenant that runs here has come on. */
    void cameOn(TenantId tenant) {
        cameOn.put(tenant, clock.instant());
    }

    /** Whether other tenants wait for a worker. */
    boolean isWaitedFor() {
        return !threads.getQueue().isEmpty();
    }

    /** Makes room for as many more as do not come on, and takes it back; to be called often. */
    void tend() {
        Instant since = clock.instant().minus(A_WHILE);
        long stuck = cameOn.values().stream().filter(at -> at.isBefore(since)).count();
        int wanted = workers + (int) Math.min(MOST_MORE, stuck);
        if (wanted > threads.getCorePoolSize()) {
            threads.setMaximumPoolSize(wanted);
            threads.setCorePoolSize(wanted);
        } else if (wanted < threads.getCorePoolSize()) {
            threads.setCorePoolSize(wanted);
            threads.setMaximumPoolSize(wanted);
        }
    }

    /** Takes no more captures and waits for those that run. Says whether they have ended. */
    boolean end(Duration patience) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "capture");
        thread.setDaemon(true);
        return thread;
    }
}
