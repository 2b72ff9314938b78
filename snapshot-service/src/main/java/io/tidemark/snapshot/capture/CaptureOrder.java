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
 * @param reconcile whether what is known is held against the history first, needed or not; used by a full capture only
 */
public record CaptureOrder(
        String captureId,
        TenantId tenant,
        CaptureMode mode,
        @Nullable String label,
        boolean pinned,
        List<ObjectRef> objects,
        boolean reconcile) {

    public CaptureOrder {
        objects = List.copyOf(objects);
    }

    /** An order that leaves it to what is known whether the history is asked. */
    public CaptureOrder(
            String captureId,
            TenantId tenant,
            CaptureMode mode,
            @Nullable String label,
            boolean pinned,
            List<ObjectRef> objects) {
        this(captureId, tenant, mode, label, pinned, objects, false);
    }
}
