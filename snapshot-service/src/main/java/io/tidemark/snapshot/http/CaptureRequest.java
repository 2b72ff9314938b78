package io.tidemark.snapshot.http;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants captured.
 *
 * @param mode how much to read
 * @param label a name for it
 * @param pin whether retention must leave it alone
 * @param objects what to read again, for a targeted capture
 * @param reconcile whether what is known is held against the history first, for a full capture
 */
record CaptureRequest(
        @Nullable CaptureMode mode,
        @Nullable String label,
        boolean pin,
        @Nullable List<Target> objects,
        boolean reconcile) {

    /** One object to read again. */
    record Target(@Nullable String type, @Nullable String id) {}
}
