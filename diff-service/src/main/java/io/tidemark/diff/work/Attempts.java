package io.tidemark.diff.work;

import java.time.Duration;

/**
 * How often work that was cut off is tried, and how long it rests in between.
 *
 * @param most how often it is tried
 * @param longestPause the longest time between two attempts
 */
public record Attempts(int most, Duration longestPause) {

    private static final int DOUBLINGS = 20;

    /** Whether there is nothing more to be tried after so many attempts. */
    public boolean areOver(int attempts) {
        return attempts >= most;
    }

    /** How long to rest after so many attempts: a second at first, each time twice as long. */
    public Duration pause(int attempts) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(Math.max(0, attempts - 1), DOUBLINGS));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
