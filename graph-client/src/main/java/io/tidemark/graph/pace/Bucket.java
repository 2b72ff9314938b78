package io.tidemark.graph.pace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One lane's token bucket. It starts full, as Graph's does. Graph asks only of a rejected request to stay away, so the others go on; but when
 * it says that a limit is exceeded, or a third of the latest answers are rejections, the quota is used up: the lane empties, closes for as
 * long as Graph says, and its refill slows down and recovers little by little. A lane too narrow for that closes at once.
 */
final class Bucket {

    private static final double SLOWER = 0.7;
    private static final double A_LITTLE_SLOWER = 0.9;
    private static final double SLOWEST = 0.1;
    private static final double RECOVERY_PER_SECOND = 0.02;
    private static final double ALMOST_FULL = 0.8;
    private static final Duration SHORTEST_CLOSURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_GUESS = Duration.ofSeconds(32);
    private static final double NANOS = 1e9;

    /** What the latest answer weighs in the share of rejections: seven in a row make a third of it. */
    private static final double WEIGHT = 1 / 16.0;

    private static final double USED_UP = 1 / 3.0;
    private static final int NARROW = 7;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Lane lane;
    private final Quota quota;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Map<Integer, Long> statuses = new TreeMap<>();

    private double capacity;
    private double unitsPerSecond;
    private double tokens;
    private double pace = 1;
    private Instant filledAt;
    private Instant closedUntil;
    private Instant slowedAt = Instant.MIN;
    private int rejectionsInARow;
    private double rejectedShare;
    private long throttled;
    private Duration waited = Duration.ZERO;

    Bucket(Lane lane, Quota quota, Clock clock, Sleeper sleeper) {
        this.lane = lane;
        this.quota = quota;
        this.clock = clock;
        this.sleeper = sleeper;
        this.filledAt = clock.instant();
        this.closedUntil = filledAt;
        resize(lane.units());
        this.tokens = capacity;
    }

    /** Waits, first come first served, until the units can be spent, and spends them. */
    void take(int units) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Duration wait = tryTake(units);
            while (!wait.isZero()) {
                sleeper.sleep(wait);
                addWaited(wait);
                wait = tryTake(units);
            }
        } finally {
            turn.unlock();
        }
    }

    /** Takes note of an answer. */
    synchronized void observe(Observation observation, int charged) {
        statuses.merge(observation.status(), 1L, Long::sum);
        Instant now = clock.instant();
        refill(now);
        rejectedShare += ((observation.throttled() ? 1 : 0) - rejectedShare) * WEIGHT;
        if (observation.throttled()) {
            throttled++;
            rejectionsInARow++;
            if (lane.units() < NARROW || observation.limitExceeded() || rejectedShare > USED_UP) {
                close(now, observation);
            }
            return;
        }
        rejectionsInARow = 0;
        if (lane == Lane.READ) {
            observation.units().ifPresent(units -> tokens -= units - charged);
        }
        observation.limitPercentage().ifPresent(full -> {
            if (full >= 1) {
                slowDown(now, A_LITTLE_SLOWER);
            } else if (full >= ALMOST_FULL) {
                slowedAt = now;
            }
        });
    }

    private void close(Instant now, Observation observation) {
        tokens = Math.min(tokens, 0);
        Instant until = now.plus(observation.retryAfter().orElseGet(this::guess));
        closedUntil = until.isAfter(closedUntil) ? until : closedUntil;
        slowDown(now, SLOWER);
    }

    /** Sets what Graph grants per window. */
    synchronized void resize(int units) {
        double before = capacity;
        capacity = Math.max(1, units * quota.share() * quota.scale());
        unitsPerSecond = units * quota.share() * quota.scale() / lane.window().toSeconds();
        tokens = Math.min(capacity, tokens + Math.max(0, capacity - before));
    }

    synchronized LaneStatistics statistics() {
        refill(clock.instant());
        return new LaneStatistics(statuses, throttled, waited, pace);
    }

    private synchronized Duration tryTake(int units) {
        Instant now = clock.instant();
        if (now.isBefore(closedUntil)) {
            return Duration.between(now, closedUntil);
        }
        refill(now);
        double wanted = Math.min(units, capacity);
        if (tokens >= wanted) {
            tokens -= units;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((wanted - tokens) / (unitsPerSecond * pace) * NANOS))
                .plusMillis(1);
    }

    private void refill(Instant now) {
        double seconds = Duration.between(filledAt, now).toNanos() / NANOS;
        filledAt = now;
        if (seconds <= 0) {
            return;
        }
        tokens = Math.min(capacity, tokens + seconds * unitsPerSecond * pace);
        if (slowedAt.isBefore(now.minusSeconds(1))) {
            pace = Math.min(1, pace + seconds * RECOVERY_PER_SECOND);
        }
    }

    /** One burst of rejections has one cause and slows down once. */
    private void slowDown(Instant now, double factor) {
        if (slowedAt.isBefore(now.minusSeconds(1))) {
            pace = Math.max(SLOWEST, pace * factor);
            slowedAt = now;
        }
    }

    private Duration guess() {
        Duration guess = SHORTEST_CLOSURE.multipliedBy(1L << Math.min(5, Math.max(0, rejectionsInARow - 1)));
        return guess.compareTo(LONGEST_GUESS) > 0 ? LONGEST_GUESS : guess;
    }

    private synchronized void addWaited(Duration wait) {
        waited = waited.plus(wait);
    }
}
