package io.tidemark.restore.execute;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: growing, and spread at random so that tries do not fall together. */
final class Backoff {

    private static final int MOST_DOUBLINGS = 16;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait after so many attempts. */
    Duration after(int attempts) {
        long most =
                Math.min(longest.toMillis(), first.toMillis() << Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
