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
    static final Known NEVER_SEEN = new Known(Presence.NEVER_SEEN, null);
    static final Known DOUBTFUL = new Known(Presence.DOUBTFUL, null);

    /** How a key was last published. */
    public enum Presence {
        PRESENT,
        /** Its object was in the recycle bin. */
        SOFT_DELETED,
        /** Nothing: it was in the recycle bin before it was ever seen. It may come back, with links that nobody told of. */
        NEVER_SEEN,
        /** An interrupted capture was about to publish something of it: it must be published again, whatever is read. */
        DOUBTFUL;

        // Asked for in the innermost loop, and values() makes an array each time.
        private static final Presence[] ALL = values();

        /** The presence that is stored as this ordinal. */
        static Presence of(int ordinal) {
            return ALL[ordinal];
        }

        boolean isSoftDeleted() {
            return this == SOFT_DELETED || this == NEVER_SEEN;
        }
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

    /** Whether its object is in the recycle bin, published or not. */
    public boolean isSoftDeleted() {
        return presence.isSoftDeleted();
    }

    /** Whether nothing was ever published of it. */
    public boolean isNeverSeen() {
        return presence == Presence.NEVER_SEEN;
    }
}
