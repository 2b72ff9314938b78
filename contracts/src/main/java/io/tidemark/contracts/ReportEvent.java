package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A difference report has ended.
 *
 * @param tenantId the tenant
 * @param reportId the report
 * @param from the earlier moment
 * @param to the later moment
 * @param counts items by type
 * @param link where the report can be read, relative to the entry point
 * @param reason why it failed; null if it is ready
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportEvent(
        String tenantId,
        String reportId,
        Instant from,
        Instant to,
        Map<String, Long> counts,
        String link,
        @Nullable String reason) {

    public ReportEvent {
        counts = Map.copyOf(counts);
    }
}
