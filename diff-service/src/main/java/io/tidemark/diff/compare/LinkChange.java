package io.tidemark.diff.compare;

import io.tidemark.directory.Link;
import org.jspecify.annotations.Nullable;

/**
 * One link that is at only one of the two moments.
 *
 * @param link the link
 * @param action whether it came or went
 * @param targetType the kind of its target, if it was read
 */
public record LinkChange(
        Link link, Direction action, @Nullable String targetType) {

    /** Whether a link came or went. */
    public enum Direction {
        ADDED,
        REMOVED
    }
}
