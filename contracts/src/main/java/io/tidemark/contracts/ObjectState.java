package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.TextLength;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of one object or link, as it was read at one moment. Only states that differ from the last one published are sent.
 *
 * @param tenantId the tenant
 * @param objectType an object kind's word ({@code user}) or a link kind's ({@code group.members})
 * @param objectId the object's id, or the link's {@code source~target}
 * @param stateHash SHA-256 of the canonical form, hexadecimal; null when deleted
 * @param captureId the capture that read it
 * @param source how it was read
 * @param observedAt when it was read
 * @param deleted null while it is there
 * @param body the properties as read; for a link {@code {"targetType": …}}; null when deleted
 * @param claim stands for the body where that is too large for a message; else null
 * @param causedBy ids of the audit events that caused the read, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectState(
        String tenantId,
        String objectType,
        String objectId,
        @Nullable String stateHash,
        String captureId,
        Source source,
        Instant observedAt,
        @Nullable Deletion deleted,
        @Nullable JsonObject body,
        @Nullable BodyClaim claim,
        List<String> causedBy) {

    /** How a state was read. */
    public enum Source {
        FULL,
        INCREMENTAL,
        TARGETED
    }

    /** How far gone a deleted object is. */
    public enum Deletion {
        /** In the recycle bin. */
        SOFT,
        /** Gone for good, or of a kind without a recycle bin. */
        HARD
    }

    public ObjectState {
        causedBy = causedBy == null ? List.of() : List.copyOf(causedBy);
    }

    /** A state that carries its body, if it has one. */
    public ObjectState(
            String tenantId,
            String objectType,
            String objectId,
            @Nullable String stateHash,
            String captureId,
            Source source,
            Instant observedAt,
            @Nullable Deletion deleted,
            @Nullable JsonObject body,
            List<String> causedBy) {
        this(tenantId, objectType, objectId, stateHash, captureId, source, observedAt, deleted, body, null, causedBy);
    }

    /** The same with a claim in place of its body. */
    public ObjectState claimed(BodyClaim instead) {
        return new ObjectState(
                tenantId,
                objectType,
                objectId,
                stateHash,
                captureId,
                source,
                observedAt,
                deleted,
                null,
                instead,
                causedBy);
    }

    /**
     * The state as it can be published: with a claim in place of a body that is too large for a message.
     *
     * @param keep keeps the UTF-8 JSON text of such a body before it returns
     */
    public ObjectState claimedIfLarge(Function<byte[], BodyClaim> keep) {
        if (body == null || !TextLength.mayExceed(body, BodyClaim.LARGEST_UNCLAIMED)) {
            return this;
        }
        byte[] json = JsonText.bytes(body);
        return json.length <= BodyClaim.LARGEST_UNCLAIMED ? this : claimed(keep.apply(json));
    }

    /** The same with its body in place of the claim. */
    public ObjectState redeemed(JsonObject claimedBody) {
        return new ObjectState(
                tenantId,
                objectType,
                objectId,
                stateHash,
                captureId,
                source,
                observedAt,
                deleted,
                claimedBody,
                null,
                causedBy);
    }

    /** What this is the state of. */
    public StateKey key() {
        return new StateKey(objectType, objectId);
    }

    @Override
    public String toString() {
        return "ObjectState[" + objectType + "/" + objectId + "]";
    }
}
