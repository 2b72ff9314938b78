package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Approves, starts or cancels a planned restore.
 *
 * @param tenantId the tenant
 * @param commandId the restore
 * @param decidedBy who decides
 * @param planHash the plan that was seen; a decision about another plan is refused; may be missing only when cancelling
 * @param reason why
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreDecision(
        String tenantId,
        String commandId,
        String decidedBy,
        @Nullable String planHash,
        @Nullable String reason) {}
