package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.snapshot.capture.newer.NewerFound;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;

/**
 * How a capture ended.
 *
 * @param stage completed, incomplete or failed
 * @param report what it tells the other services
 * @param requests how many requests Graph was sent
 * @param objectsRead how many objects were read
 * @param newer the properties newer than the catalogue
 */
public record CaptureResult(
        Stage stage, CaptureReport report, long requests, long objectsRead, List<NewerFound> newer) {}
