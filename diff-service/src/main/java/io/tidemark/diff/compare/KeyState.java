package io.tidemark.diff.compare;

import io.tidemark.directory.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What an object or link was at one moment.
 *
 * @param presence whether it was there
 * @param hash the content's hash; null unless present
 * @param properties the properties as read; for a link {@code {"targetType": …}}; empty unless present
 */
public record KeyState(Presence presence, @Nullable String hash, JsonObject properties) {

    public static final KeyState NEVER = new KeyState(Presence.NEVER, null, JsonObject.EMPTY);

    /** Whether something was there. */
    public enum Presence {
        PRESENT,
        SOFT_DELETED,
        HARD_DELETED,
        NEVER
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    /** Names the presence only: properties may be personal data. */
    @Override
    public String toString() {
        return presence.toString();
    }
}
