package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture has read and published. Sent when it starts (no types yet) and when it ends.
 *
 * @param tenantId the tenant
 * @param captureId the capture; the snapshot that comes of it has the same id
 * @param mode how much was read
 * @param label the operator's name for it, if any
 * @param pinned whether retention must leave it alone
 * @param startedAt when reading began
 * @param completedAt when the last object had been published; null while it runs
 * @param types one entry per object or link type
 * @param reason why it failed or is incomplete; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureReport(
        String tenantId,
        String captureId,
        CaptureMode mode,
        @Nullable String label,
        boolean pinned,
        Instant startedAt,
        @Nullable Instant completedAt,
        List<TypeCount> types,
        @Nullable String reason) {

    public CaptureReport {
        types = types == null ? List.of() : List.copyOf(types);
    }

    /** How much a capture reads. */
    public enum CaptureMode {
        FULL,
        INCREMENTAL,
        TARGETED
    }

    /**
     * How and when one type was read.
     *
     * @param source {@code FULL} if everything there is was asked for, {@code INCREMENTAL} if what changed was, {@code TARGETED} if
     *     single objects were
     * @param startedAt when it was begun; other types may be read meanwhile
     * @param endedAt when the last of it had been taken in, or it broke off
     */
    public record Reading(ObjectState.Source source, Instant startedAt, Instant endedAt) {}

    /**
     * The count of one type.
     *
     * @param type an object or link type
     * @param outcome whether all of it was read
     * @param reason why not; null if all was read
     * @param reading how and when this capture read it; null if it did not, and in messages from before captures told
     * @param present how many are present in the tenant after this capture
     * @param presentDigest {@code SetDigest.hex()} over all that are present (key and state hash)
     * @param published how many states this capture published, deletions included
     * @param publishedDigest {@code SetDigest.hex()} over the published states; a deletion counts with the hash of the text
     *     {@code deleted}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TypeCount(
            String type,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Reading reading,
            long present,
            String presentDigest,
            long published,
            String publishedDigest) {

        /** Whether a type was read whole. */
        public enum Outcome {
            COMPLETE,
            /** Not read by this capture, which reads other things: present is what was when it was read last. */
            CARRIED,
            /** Read, but Graph withheld some of it for want of a permission, which the reason names: present is what it showed. */
            WITHHELD,
            /** Not read, and for a named reason not expected to be. */
            SKIPPED,
            FAILED;

            /** Whether count and digest of what is present are those of what must be stored. */
            public boolean isAccountedFor() {
                return wasRead() || this == CARRIED;
            }

            /** Whether this capture has read whatever was shown. */
            public boolean wasRead() {
                return this == COMPLETE || this == WITHHELD;
            }
        }
    }
}
