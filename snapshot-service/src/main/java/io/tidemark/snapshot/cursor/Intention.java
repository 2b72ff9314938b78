package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.List;

/**
 * A note that states are about to be published.
 *
 * @param keys of what
 * @param until the newest moment that they carry
 */
public record Intention(List<StateKey> keys, Instant until) {

    public Intention {
        keys = List.copyOf(keys);
    }
}
