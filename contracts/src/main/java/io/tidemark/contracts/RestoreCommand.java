package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a restore to be planned. Nothing is written to the tenant before the plan has been approved.
 *
 * @param tenantId the tenant
 * @param commandId names the restore; the same id again is the same restore
 * @param requestedBy who asks
 * @param reason why, or the ticket
 * @param baseline the moment to go back to: {@code snapshot:<id>} or {@code instant:<ISO instant>}
 * @param selection which differences
 * @param options how
 * @param expiresAt when the command, if not yet approved, becomes void; null: after 24 hours
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreCommand(
        String tenantId,
        String commandId,
        String requestedBy,
        @Nullable String reason,
        String baseline,
        Selection selection,
        RestoreOptions options,
        @Nullable Instant expiresAt) {

    public RestoreCommand {
        selection = selection == null ? Selection.ALL : selection;
        options = options == null ? RestoreOptions.DEFAULTS : options;
    }
}
