package io.tidemark.snapshot.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount;
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> underWay,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NewerFound> newerProperties) {

    /** The count of one type; {@code digest} is that of all that are present. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TypeView(
            String type,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Reading reading,
            long present,
            String digest,
            long published) {

        static TypeView of(TypeCount count) {
            return new TypeView(
                    count.type(),
                    count.outcome(),
                    count.reason(),
                    count.reading(),
                    count.present(),
                    count.presentDigest(),
                    count.published());
        }
    }

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
                capture.types().stream().map(TypeView::of).toList(),
                capture.reason(),
                capture.requests(),
                capture.objectsRead(),
                capture.underWay(),
                capture.newer());
    }
}
