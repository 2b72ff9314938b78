package io.tidemark.graph.pace;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an answer says about a quota.
 *
 * @param status the HTTP status; 0 for no answer
 * @param retryAfter how long Graph wants us to stay away
 * @param limitExceeded whether Graph says that a limit is exceeded, in {@code x-ms-throttle-information}
 * @param limitPercentage how full Graph says the quota is; 1 is where throttling starts
 * @param units the resource units that Graph really charged
 */
public record Observation(
        int status,
        Optional<Duration> retryAfter,
        boolean limitExceeded,
        OptionalDouble limitPercentage,
        OptionalInt units) {

    static final int TOO_MANY_REQUESTS = 429;

    /** Just a status, without any hint. */
    public static Observation of(int status) {
        return new Observation(status, Optional.empty(), false, OptionalDouble.empty(), OptionalInt.empty());
    }

    /** The answer to a single request of a batch. */
    public static Observation of(int status, Optional<Duration> retryAfter, boolean limitExceeded) {
        return new Observation(status, retryAfter, limitExceeded, OptionalDouble.empty(), OptionalInt.empty());
    }

    boolean throttled() {
        return status == TOO_MANY_REQUESTS;
    }
}
