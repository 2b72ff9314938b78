package io.tidemark.diff.compare;

import io.tidemark.diff.compare.KeyState.Presence;
import java.util.Optional;

/** What happened to an object between two moments. */
public enum Action {
    CREATED,
    MODIFIED,
    SOFT_DELETED,
    HARD_DELETED,
    RESTORED;

    /** The action that leads from one presence to the other; empty if the object was present, or absent alike, at both. */
    static Optional<Action> between(Presence before, Presence after) {
        return switch (after) {
            case PRESENT ->
                switch (before) {
                    case PRESENT -> Optional.empty();
                    case SOFT_DELETED -> Optional.of(RESTORED);
                    case HARD_DELETED, NEVER -> Optional.of(CREATED);
                };
            case SOFT_DELETED -> before == Presence.PRESENT ? Optional.of(SOFT_DELETED) : Optional.empty();
            case HARD_DELETED ->
                before == Presence.PRESENT || before == Presence.SOFT_DELETED
                        ? Optional.of(HARD_DELETED)
                        : Optional.empty();
            case NEVER -> Optional.empty();
        };
    }
}
