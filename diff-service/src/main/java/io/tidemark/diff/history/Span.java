package io.tidemark.diff.history;

import io.tidemark.diff.compare.KeyState;
import io.tidemark.diff.compare.KeyState.Presence;
import io.tidemark.diff.compare.StatePair;
import io.tidemark.directory.StateKey;
import org.jspecify.annotations.Nullable;

/**
 * One key at two instants.
 *
 * @param key the object or link
 * @param before its version at the earlier instant; null if it was not known
 * @param after its version at the later instant; null if it was not known
 */
public record Span(
        StateKey key, @Nullable Version before, @Nullable Version after) {

    /** The same as states to compare. */
    public StatePair pair() {
        return new StatePair(key, state(before), state(after));
    }

    /** What a version says was there. */
    public static KeyState state(@Nullable Version version) {
        return version == null
                ? KeyState.NEVER
                : new KeyState(presence(version.mark()), version.mark().hash(), version.properties());
    }

    /** What a mark says was there. */
    public static Presence presence(Mark mark) {
        if (mark.deleted() == null) {
            return Presence.PRESENT;
        }
        return switch (mark.deleted()) {
            case SOFT -> Presence.SOFT_DELETED;
            case HARD -> Presence.HARD_DELETED;
        };
    }
}
