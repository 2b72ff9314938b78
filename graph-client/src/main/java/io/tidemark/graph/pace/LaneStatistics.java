package io.tidemark.graph.pace;

import java.time.Duration;
import java.util.Map;

/**
 * What happened in one lane since the start.
 *
 * @param requestsByStatus answered requests by HTTP status, those inside batches included; 0 stands for no answer
 * @param throttled requests that Graph rejected for their number
 * @param waited how long callers waited for their turn, all together
 * @param pace the part of our share that is in use: 1 is full speed, less after throttling
 */
public record LaneStatistics(Map<Integer, Long> requestsByStatus, long throttled, Duration waited, double pace) {

    public LaneStatistics {
        requestsByStatus = Map.copyOf(requestsByStatus);
    }

    /** All requests, whatever became of them. */
    public long requests() {
        return requestsByStatus.values().stream().mapToLong(Long::longValue).sum();
    }
}
