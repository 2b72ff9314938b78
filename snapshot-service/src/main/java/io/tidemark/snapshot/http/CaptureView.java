package io.tidemark.snapshot.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.snapshot.capture.newer.NewerFound;
import io.tidemark.snapshot.schedule.Capture;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One capture as clients see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CaptureView(
        String captureId,
        String tenantId,
        CaptureMode mode,
        @Nullable String label,
        boolean pinned,
        Capture.State state,
        boolean sealed,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        List<TypeView> types,
        @Nullable String reason,
        long requests,
        long objectsRead,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NewerFound> newerProperties) {

    /** The count of one type. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TypeView(String type, Outcome outcome, @Nullable String reason, long present, long published) {}

    static CaptureView of(Capture capture) {
        return new CaptureView(
                capture.id(),
                capture.order().tenant().toString(),
                capture.order().mode(),
                capture.order().label(),
                capture.order().pinned(),
                capture.state(),
                capture.sealed(),
                capture.requestedAt(),
                capture.startedAt(),
                capture.completedAt(),
                capture.types().stream()
                        .map(type -> new TypeView(
                                type.type(), type.outcome(), type.reason(), type.present(), type.published()))
                        .toList(),
                capture.reason(),
                capture.requests(),
                capture.objectsRead(),
                capture.newer());
    }
}
