package io.tidemark.snapshot.publish;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.ObjectState;
import io.tidemark.runtime.event.PublishException;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the broker, which takes everything unless a test wants it otherwise. */
@Decorator
@Priority(1)
public class RefusingBroker implements SnapshotPublisher {

    private static final AtomicInteger REFUSALS = new AtomicInteger();

    private final SnapshotPublisher publisher;

    RefusingBroker(@Delegate SnapshotPublisher publisher) {
        this.publisher = publisher;
    }

    /** The next so many things that captures publish are not taken. */
    public static void refuse(int times) {
        REFUSALS.set(times);
    }

    @Override
    public void publish(List<ObjectState> states) {
        refuseIfWanted();
        publisher.publish(states);
    }

    @Override
    public void publish(Stage stage, CaptureReport report) {
        refuseIfWanted();
        publisher.publish(stage, report);
    }

    private static void refuseIfWanted() {
        if (REFUSALS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new PublishException("the broker is away", new TimeoutException());
        }
    }
}
