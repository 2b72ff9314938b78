package io.tidemark.diff.retention;

/**
 * Why nothing may be dropped now.
 *
 * @param detail a sentence without personal data
 */
record Obstacle(Kind kind, String detail) {

    /** What stands in the way. */
    enum Kind {
        FIRST_LOOK,
        CLOCK,
        NO_GOOD_SNAPSHOT,
        SEALED_AHEAD,
        FROZEN,
        UNSETTLED,
        DAMAGED,
        LEASE
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
