package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be captured.
 *
 * @param captureId the capture, and the snapshot that comes of it
 * @param tenant the tenant
 * @param mode how much is read
 * @param label the operator's name for it, if any
 * @param pinned whether retention must leave it alone
 * @param objects what to read again; used by a targeted capture only
 */
public record CaptureOrder(
        String captureId,
        TenantId tenant,
        CaptureMode mode,
        @Nullable String label,
        boolean pinned,
        List<ObjectRef> objects) {

    public CaptureOrder {
        objects = List.copyOf(objects);
    }
}
