package io.tidemark.snapshot.cursor;

import io.tidemark.directory.canonical.ContentHash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was last published of one key.
 *
 * @param presence whether it was there
 * @param hash its hash if it was there, otherwise null
 */
public record Known(Presence presence, @Nullable ContentHash hash) {

    static final Known SOFT_DELETED = new Known(Presence.SOFT_DELETED, null);
    static final Known DOUBTFUL = new Known(Presence.DOUBTFUL, null);

    /** How a key was last published. */
    public enum Presence {
        PRESENT,
        /** Its object was in the recycle bin. */
        SOFT_DELETED,
        /** An interrupted capture was about to publish something of it: it must be published again, whatever is read. */
        DOUBTFUL
    }

    static Known present(ContentHash hash) {
        return new Known(Presence.PRESENT, hash);
    }

    /** Whether exactly this content was published last. */
    public boolean isPresentWith(ContentHash other) {
        return presence == Presence.PRESENT && Objects.equals(hash, other);
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    public boolean isSoftDeleted() {
        return presence == Presence.SOFT_DELETED;
    }

    public boolean isDoubtful() {
        return presence == Presence.DOUBTFUL;
    }
}
