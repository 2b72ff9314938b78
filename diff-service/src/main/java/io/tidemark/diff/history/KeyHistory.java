package io.tidemark.diff.history;

import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one key: its newest version and the marks of the newest of those before. Older versions are found among the superseded
 * ones, so that a key that changes every few minutes for years stays as small as any other.
 *
 * @param key the object or link
 * @param current the newest version
 * @param earlier marks of the superseded versions before it, oldest first
 * @param hasOlder whether there are superseded versions before those
 */
public record KeyHistory(StateKey key, Version current, List<Mark> earlier, boolean hasOlder) {

    /** How many marks a history lists at most. */
    static final int MOST_EARLIER = 64;

    public KeyHistory {
        earlier = List.copyOf(earlier);
    }

    /** The mark of the version that held at that instant; empty if the key was not known yet, or if it is before {@linkplain #startsAfter all that are listed}. */
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

    /** Whether an instant is before all versions that are listed here, and there are others. */
    public boolean startsAfter(Instant instant) {
        return hasOlder && markAt(instant).isEmpty();
    }

    /** All marks that are listed here, oldest first. */
    public List<Mark> marks() {
        List<Mark> marks = new ArrayList<>(earlier);
        marks.add(current.mark());
        return marks;
    }

    /** This history with a newer version. Histories that were written when all marks were listed are cut here, too. */
    KeyHistory followedBy(Version newer) {
        List<Mark> marks = marks();
        int tooMany = Math.max(0, marks.size() - MOST_EARLIER);
        return new KeyHistory(key, newer, marks.subList(tooMany, marks.size()), hasOlder || tooMany > 0);
    }
}
