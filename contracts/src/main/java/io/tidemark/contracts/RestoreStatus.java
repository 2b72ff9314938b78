package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a restore stands.
 *
 * @param tenantId the tenant
 * @param commandId the restore
 * @param state its state
 * @param planHash its plan, once there is one
 * @param steps how many steps are in which state
 * @param reason why it was rejected, failed or needs attention
 * @param at when it got there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreStatus(
        String tenantId,
        String commandId,
        RestoreState state,
        @Nullable String planHash,
        Map<String, Long> steps,
        @Nullable String reason,
        Instant at) {

    public RestoreStatus {
        steps = Map.copyOf(steps);
    }
}
