package io.tidemark.diff.retention;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A moment before the continuous window at which the tenant can still be seen.
 *
 * @param instant the moment
 * @param began when the reading began that the moment ends; the same moment if it is none of a snapshot
 * @param snapshot the snapshot that stands for it; null if something else needs it
 * @param why what keeps it
 */
public record KeptMoment(
        Instant instant, Instant began, @Nullable String snapshot, Set<Why> why) {

    public KeptMoment {
        why = Set.copyOf(why);
    }

    /** What keeps a snapshot or moment. */
    public enum Why {
        PINNED,
        /** It was sealed within the window, though it is of longer ago. */
        WINDOW,
        /** One of the last good full ones. */
        LAST,
        DAILY,
        WEEKLY,
        MONTHLY,
        /** A task or report that has not ended needs it. */
        OPEN,
        /** A restore or its preview asked for it lately. */
        REFERRED,
        /** It is not known yet whether it is good. */
        UNSETTLED
    }

    /** Two that mean the same moment, as one. */
    KeptMoment and(KeptMoment other) {
        Set<Why> both = new TreeSet<>(why);
        both.addAll(other.why);
        return new KeptMoment(
                instant,
                began.isBefore(other.began) ? began : other.began,
                snapshot == null ? other.snapshot : snapshot,
                both);
    }
}
