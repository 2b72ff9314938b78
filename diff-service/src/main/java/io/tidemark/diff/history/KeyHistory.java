package io.tidemark.diff.history;

import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one key: its newest version and the marks of those before.
 *
 * @param key the object or link
 * @param current the newest version
 * @param earlier marks of the superseded versions, oldest first
 */
public record KeyHistory(StateKey key, Version current, List<Mark> earlier) {

    public KeyHistory {
        earlier = List.copyOf(earlier);
    }

    /** The mark of the version that held at that instant; empty if the key was not known yet. */
    public Optional<Mark> markAt(Instant instant) {
        if (!current.mark().at().isAfter(instant)) {
            return Optional.of(current.mark());
        }
        for (int i = earlier.size() - 1; i >= 0; i--) {
            if (!earlier.get(i).at().isAfter(instant)) {
                return Optional.of(earlier.get(i));
            }
        }
        return Optional.empty();
    }

    /** This history with a newer version. */
    KeyHistory followedBy(Version newer) {
        List<Mark> marks = new ArrayList<>(earlier);
        marks.add(current.mark());
        return new KeyHistory(key, newer, marks);
    }
}
