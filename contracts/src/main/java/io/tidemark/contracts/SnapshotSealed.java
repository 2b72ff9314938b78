package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A snapshot is usable: everything that its capture counted is stored.
 *
 * @param tenantId the tenant
 * @param snapshotId the snapshot, which has its capture's id
 * @param instant the moment that the snapshot stands for
 * @param counts how many are present, by type
 * @param suspect why it is suspect, one reason each; empty if it is not
 * @param sealedAt when it was sealed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSealed(
        String tenantId,
        String snapshotId,
        Instant instant,
        Map<String, Long> counts,
        List<String> suspect,
        Instant sealedAt) {

    public SnapshotSealed {
        counts = Map.copyOf(counts);
        suspect = suspect == null ? List.of() : List.copyOf(suspect);
    }
}
