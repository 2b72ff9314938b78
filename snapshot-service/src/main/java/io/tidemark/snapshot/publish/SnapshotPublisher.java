package io.tidemark.snapshot.publish;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.ObjectState;
import java.util.List;

/** Where states and reports go. A method returns when what it was given cannot be lost any more. */
public interface SnapshotPublisher {

    /** How far a capture has come when it reports. */
    enum Stage {
        STARTED,
        COMPLETED,
        INCOMPLETE,
        FAILED
    }

    /**
     * Publishes states, in order per key. Publishing a state again is harmless.
     *
     * @throws io.tidemark.runtime.event.PublishException if not all of them are known to have arrived
     */
    void publish(List<ObjectState> states);

    /** Publishes a report. */
    void publish(Stage stage, CaptureReport report);
}
