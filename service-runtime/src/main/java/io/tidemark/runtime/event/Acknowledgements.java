package io.tidemark.runtime.event;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What the broker says of the records of one batch: all of them together, for nobody asks after a single one. */
final class Acknowledgements implements Callback {

    private final CountDownLatch due;
    private final AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();

    Acknowledgements(int records) {
        this.due = new CountDownLatch(records);
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            refusal.compareAndSet(null, failure);
        }
        due.countDown();
    }

    /** Whether the broker has refused one, or could not be reached for as long as it is waited for. */
    boolean isAnyRefused() {
        return refusal.get() != null;
    }

    /** One of them is not sent at all. */
    void notSent() {
        due.countDown();
    }

    private boolean areIn(long seconds) {
        try {
            return due.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishException("interrupted while waiting for the broker", e);
        }
    }

    /**
     * Returns when the broker has acknowledged all of them.
     *
     * @throws PublishException if it refused one, or did not answer in time
     */
    void await(long patienceSeconds) {
        if (!areIn(patienceSeconds)) {
            throw new PublishException(
                    "broker did not acknowledge within " + patienceSeconds + " s", new TimeoutException());
        }
        Exception failure = refusal.get();
        if (failure != null) {
            throw new PublishException("broker refused an event", failure);
        }
    }
}
