package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What states, in the order they were sent, make of one key's history. States that are not newer than what is known are replays and
 * change nothing; neither does a state that says what is known already.
 *
 * @param before the history before; null if the key was not known
 * @param after the history after
 * @param superseded the versions that are no longer the newest, oldest first
 * @param added the new versions, oldest first
 */
record Fold(@Nullable KeyHistory before, KeyHistory after, List<Superseded> superseded, List<Mark> added) {

    /** A version that a newer one has followed. */
    record Superseded(Version version, Instant until) {}

    /** Empty if the states change nothing. */
    static Optional<Fold> of(@Nullable KeyHistory before, StateKey key, List<ObjectState> states) {
        @Nullable KeyHistory history = before;
        List<Superseded> superseded = new ArrayList<>();
        List<Mark> added = new ArrayList<>();
        for (ObjectState state : states) {
            if (history == null) {
                history = new KeyHistory(key, Version.of(state), List.of(), false);
            } else if (history.current().mark().isFollowedBy(state)) {
                superseded.add(new Superseded(history.current(), state.observedAt()));
                history = history.followedBy(Version.of(state));
            } else {
                continue;
            }
            added.add(history.current().mark());
        }
        return history == null || added.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fold(before, history, superseded, added));
    }

    StateKey key() {
        return after.key();
    }
}
