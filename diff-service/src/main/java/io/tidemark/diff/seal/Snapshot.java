package io.tidemark.diff.seal;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a capture left behind.
 *
 * @param tenant the tenant
 * @param id the capture's id too
 * @param state how far it can be relied on
 * @param capture what the capture said of itself, last
 * @param notedAt when that was taken in, which may be long after it was said
 * @param suspect why it is suspect, one reason each
 * @param reason why it is incomplete or failed, or what it waits for
 * @param sealedAt when it was sealed
 * @param remarks what operators have said of it
 */
public record Snapshot(
        TenantId tenant,
        String id,
        State state,
        CaptureReport capture,
        Instant notedAt,
        List<String> suspect,
        @Nullable String reason,
        @Nullable Instant sealedAt,
        Remarks remarks) {

    static final String MISMATCH = "what is stored is not what was captured";

    /** A snapshot of which operators have said no more than its capture was told. */
    public Snapshot(
            TenantId tenant,
            String id,
            State state,
            CaptureReport capture,
            Instant notedAt,
            List<String> suspect,
            @Nullable String reason,
            @Nullable Instant sealedAt) {
        this(
                tenant,
                id,
                state,
                capture,
                notedAt,
                suspect,
                reason,
                sealedAt,
                new Remarks(capture.label(), capture.pinned(), null));
    }

    /**
     * What operators have said of a snapshot.
     *
     * @param label their name for it
     * @param pinned whether retention must leave it alone
     * @param accepted who took it to be good although it was suspect; null if nobody did
     */
    public record Remarks(
            @Nullable String label,
            boolean pinned,
            @Nullable Acceptance accepted) {}

    /** Who took a suspect snapshot to be good, why and when. */
    public record Acceptance(String by, String reason, Instant at) {}

    /** How far a snapshot can be relied on. */
    public enum State {
        /** Not all of it is stored yet. */
        PENDING,
        /** All of it is stored. */
        SEALED,
        /** All of it is stored, something about it is odd, and nobody has accepted that yet. */
        SUSPECT,
        /** Not all of it was read or could be stored. */
        INCOMPLETE,
        FAILED
    }

    public Snapshot {
        suspect = List.copyOf(suspect);
    }

    /** Whether everything the capture counted is stored. */
    public boolean isSealed() {
        return state == State.SEALED || state == State.SUSPECT;
    }

    /** Whether all of it arrived, and yet what was captured is not what is stored. */
    public boolean isMismatched() {
        return state == State.INCOMPLETE && reason != null && reason.startsWith(MISMATCH);
    }

    /** The moment that it stands for; null while the capture runs. */
    public @Nullable Instant instant() {
        return capture.completedAt();
    }

    public boolean isFull() {
        return capture.mode() == CaptureMode.FULL;
    }

    /** How many objects and links were present, by type. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (TypeCount type : capture.types()) {
            if (type.outcome().isAccountedFor()) {
                counts.put(type.type(), type.present());
            }
        }
        return counts;
    }

    Snapshot withState(State newState, @Nullable String newReason) {
        return new Snapshot(tenant, id, newState, capture, notedAt, suspect, newReason, sealedAt, remarks);
    }

    Snapshot accepted(@Nullable Acceptance acceptance) {
        Remarks said = new Remarks(remarks.label(), remarks.pinned(), acceptance);
        return new Snapshot(tenant, id, state, capture, notedAt, suspect, reason, sealedAt, said);
    }

    /** One that comes from a bundle may have been accepted where it was sealed first. */
    Snapshot sealed(List<String> newSuspect, Instant at) {
        return new Snapshot(
                tenant,
                id,
                newSuspect.isEmpty() || remarks.accepted() != null ? State.SEALED : State.SUSPECT,
                capture,
                notedAt,
                newSuspect,
                null,
                at,
                remarks);
    }
}
