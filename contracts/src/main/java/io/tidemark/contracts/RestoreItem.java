package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one step of a restore ended.
 *
 * @param tenantId the tenant
 * @param commandId the restore
 * @param stepId the step
 * @param objectType what it was about
 * @param objectId what it was about, by the id that the snapshot knows
 * @param newObjectId the id it has now, if it had to be created anew
 * @param outcome how it ended
 * @param reason why it did not do what was wanted
 * @param properties the paths and relations that were written
 * @param attempts how often it was sent
 * @param at when it ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreItem(
        String tenantId,
        String commandId,
        String stepId,
        String objectType,
        String objectId,
        @Nullable String newObjectId,
        Outcome outcome,
        @Nullable String reason,
        List<String> properties,
        int attempts,
        Instant at) {

    public RestoreItem {
        properties = properties == null ? List.of() : List.copyOf(properties);
    }

    /** How a step ended. */
    public enum Outcome {
        APPLIED,
        ALREADY_EQUAL,
        CONFLICT,
        BLOCKED,
        SKIPPED,
        FAILED,
        CANCELED
    }
}
