package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a version was, without its body.
 *
 * @param at when it was first seen
 * @param hash the content's hash; null when deleted
 * @param deleted how far gone it was; null while present
 * @param sum digest of the stored text, as {@link BodySum} makes it; null when deleted
 */
public record Mark(
        Instant at,
        @Nullable String hash,
        @Nullable Deletion deleted,
        @Nullable String sum) {

    public boolean isPresent() {
        return deleted == null;
    }

    /** Whether a state was seen later and says something else: of those only, versions are made. */
    boolean isFollowedBy(ObjectState state) {
        return state.observedAt().isAfter(at) && !(deleted == state.deleted() && Objects.equals(hash, hash(state)));
    }

    /** The hash in the mark of a state's version. */
    static @Nullable String hash(ObjectState state) {
        return state.deleted() == null ? state.stateHash() : null;
    }
}
