package io.tidemark.snapshot.cursor;

import org.jspecify.annotations.Nullable;

/**
 * How far the reading of one kind has come.
 *
 * @param deltaLink where to go on reading changes; null if there is none yet or Graph has no delta for the kind
 * @param readWhole whether the next reading must read everything, because the last one broke off or is in doubt
 * @param extensions the directory extensions that the reading asks for, with commas between; empty if none
 * @param selected what else the reading asks for by name; empty if nobody noted it
 * @param missing the permissions without which Graph withheld links when the kind was read, with commas between; empty if none
 * @param withheld how many objects there were whose links it withheld, as far as was told
 */
public record KindCursor(
        @Nullable String deltaLink,
        boolean readWhole,
        String extensions,
        String selected,
        String missing,
        long withheld) {

    public static final KindCursor START = new KindCursor(null, true);

    public KindCursor(@Nullable String deltaLink, boolean readWhole) {
        this(deltaLink, readWhole, "");
    }

    public KindCursor(@Nullable String deltaLink, boolean readWhole, String extensions) {
        this(deltaLink, readWhole, extensions, "", "", 0);
    }

    /** Whether the kind was listed, so that there is nowhere to go on reading changes. */
    public boolean listed() {
        return deltaLink == null && !readWhole;
    }

    /** The same position, reached with these properties selected. */
    public KindCursor selecting(String selectedThen) {
        return new KindCursor(deltaLink, readWhole, extensions, selectedThen, missing, withheld);
    }

    /** The same position with what was withheld on the way there. */
    public KindCursor withholding(String missingThen, long withheldThen) {
        return new KindCursor(deltaLink, readWhole, extensions, selected, missingThen, withheldThen);
    }

    /** The same position, not to be trusted. */
    public KindCursor doubted() {
        return new KindCursor(deltaLink, true, extensions, selected, missing, withheld);
    }
}
