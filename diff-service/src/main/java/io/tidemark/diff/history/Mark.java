package io.tidemark.diff.history;

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

    /** Whether both say the same, whenever they were seen. */
    public boolean sameContent(Mark other) {
        return deleted == other.deleted && Objects.equals(hash, other.hash);
    }
}
