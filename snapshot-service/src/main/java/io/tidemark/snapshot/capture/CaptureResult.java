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
        Stage stage, CaptureReport report, long requests, long objectsRead, List<NewerFound> newer) {

    /** The same with one more reason why it is incomplete. */
    public CaptureResult lacking(String why) {
        String reason = report.reason() == null ? why : why + "; " + report.reason();
        return new CaptureResult(
                stage == Stage.COMPLETED ? Stage.INCOMPLETE : stage,
                new CaptureReport(
                        report.tenantId(),
                        report.captureId(),
                        report.mode(),
                        report.label(),
                        report.pinned(),
                        report.startedAt(),
                        report.completedAt(),
                        report.types(),
                        reason),
                requests,
                objectsRead,
                newer);
    }
}
