package io.tidemark.diff.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * What of a tenant's past is kept.
 *
 * @param window for how long everything is kept
 * @param daily for how many days after that the first good full snapshot of each day is
 * @param weekly for how many weeks after the days the first of each week is
 * @param monthly for how many months after the weeks the first of each month is; {@link #EVER} without an end
 * @param last how many of the last good full snapshots are, however old
 */
public record Policy(Duration window, int daily, int weekly, int monthly, int last) {

    /** So many months have no end. */
    public static final int EVER = Integer.MAX_VALUE;

    static final Duration SHORTEST = Duration.ofHours(1);
    static final int MOST = 10_000;

    public Policy {
        if (window.compareTo(SHORTEST) < 0 || window.toDays() > MOST) {
            throw new IllegalArgumentException("window must be from an hour to " + MOST + " days, not " + window);
        }
        within("daily", 0, daily);
        within("weekly", 0, weekly);
        if (monthly != EVER) {
            within("monthly", 0, monthly);
        }
        within("last", 1, last);
    }

    private static void within(String name, int least, int value) {
        if (value < least || value > MOST) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + MOST + ", not " + value);
        }
    }

    /** Everything that was sealed since then is kept. */
    Instant cut(Instant now) {
        return now.minus(window);
    }

    /** Of days, one each is kept back to here. */
    Instant dailyUntil(Instant now) {
        return cut(now).minus(Period.ofDays(daily));
    }

    /** Of weeks, one each is kept back to here. */
    Instant weeklyUntil(Instant now) {
        return dailyUntil(now).minus(Duration.ofDays(7L * weekly));
    }

    /** Of months, one each is kept back to here. */
    Instant monthlyUntil(Instant now) {
        return monthly == EVER
                ? Instant.MIN
                : weeklyUntil(now).atOffset(ZoneOffset.UTC).minusMonths(monthly).toInstant();
    }

    /** The window as settings would spell it. */
    public String windowText() {
        boolean days = window.equals(Duration.ofDays(window.toDays()));
        return days ? Period.ofDays((int) window.toDays()).toString() : window.toString();
    }

    /** On one line, as settings would spell it. */
    String text() {
        return "window=" + windowText() + " daily=" + daily + " weekly=" + weekly + " monthly="
                + (monthly == EVER ? Policies.EVER : Integer.toString(monthly)) + " last=" + last;
    }
}
