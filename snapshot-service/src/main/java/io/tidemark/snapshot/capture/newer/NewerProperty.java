package io.tidemark.snapshot.capture.newer;

import java.time.Instant;

/**
 * A property that Graph declares and the catalogue does not know.
 *
 * @param name its name
 * @param collection whether it is a collection, which is never null
 * @param refused why lists do not show it; empty text if they do, so that it is asked for
 * @param decidedAt when that was found out
 */
public record NewerProperty(String name, boolean collection, String refused, Instant decidedAt) {

    /** Whether it is asked for. */
    public boolean isRead() {
        return refused.isEmpty();
    }
}
