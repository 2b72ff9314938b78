package io.tidemark.restore.execute;

import java.time.Duration;

/**
 * How steps are carried out.
 *
 * @param parallelBatches how many batches are on their way at a time
 * @param patience how long a step is tried before it is given up
 * @param replicationPatience for how long after a creation a "not found" is taken for lateness
 * @param unknownReads how often the tenant must not show a write of unknown outcome before it is sent again
 * @param unknownInterval how long to wait between these reads
 * @param firstBackoff the wait before a second try, which doubles from then on
 * @param longestBackoff the longest wait between two tries
 */
public record ExecutionSettings(
        int parallelBatches,
        Duration patience,
        Duration replicationPatience,
        int unknownReads,
        Duration unknownInterval,
        Duration firstBackoff,
        Duration longestBackoff) {

    /** Most steps in one request. */
    static final int BATCH = 20;
}
