package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState;
import io.tidemark.snapshot.cursor.Intention;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.PublishedCounts;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notes and publishes batches in their order: one of them while the next is being read, and never more, so that memory stays bounded. What
 * failed is told by the call that follows.
 */
final class Dispatch implements AutoCloseable {

    /** Longer than the publisher waits for the broker. */
    private static final long PATIENCE_MINUTES = 15;

    private static final ThreadFactory THREAD = work -> {
        Thread thread = new Thread(work, "capture-dispatch");
        thread.setDaemon(true);
        return thread;
    };

    private final KnownStates known;
    private final SnapshotPublisher publisher;
    private final PublishedCounts counts = new PublishedCounts();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(THREAD);
    private @Nullable Future<?> underWay;

    Dispatch(KnownStates known, SnapshotPublisher publisher) {
        this.known = known;
        this.publisher = publisher;
    }

    /** Sends a batch as soon as the one before it has arrived. */
    void send(List<ObjectState> batch, Instant until) {
        await();
        underWay = executor.submit(() -> publish(batch, until));
    }

    /** Returns when all that was sent has arrived. */
    void await() {
        Future<?> sent = underWay;
        if (sent == null) {
            return;
        }
        underWay = null;
        try {
            sent.get();
        } catch (InterruptedException e) {
            boolean unused = sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new CaptureStoppedException("interrupted while publishing");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a batch could not be published", e.getCause());
        }
    }

    /** What has arrived. Holds everything that was sent once {@link #await} has returned. */
    PublishedCounts counts() {
        return counts;
    }

    /** Waits for what is still under way, however the capture ended: nothing of it may arrive behind its successor's back. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                executor.shutdownNow().clear();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow().clear();
            Thread.currentThread().interrupt();
        }
    }

    private void publish(List<ObjectState> batch, Instant until) {
        known.intend(new Intention(batch.stream().map(ObjectState::key).toList(), until));
        publisher.publish(batch);
        batch.forEach(counts::add);
    }
}
