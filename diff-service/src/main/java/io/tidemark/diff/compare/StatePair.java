package io.tidemark.diff.compare;

import io.tidemark.directory.StateKey;
import java.util.Objects;

/** One object or link at the two moments of a comparison. */
public record StatePair(StateKey key, KeyState before, KeyState after) {

    /** Whether the two moments differ in what was there. Two absences differ only in how far gone it is. */
    public boolean differs() {
        return before.presence() != after.presence() || !Objects.equals(before.hash(), after.hash());
    }
}
