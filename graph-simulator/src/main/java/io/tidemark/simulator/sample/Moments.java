package io.tidemark.simulator.sample;

import java.time.Instant;

/** Points in time of a made-up tenant, all before one fixed day, so that no clock shows in a sample. */
final class Moments {

    static final Instant TODAY = Instant.parse("2026-01-05T08:00:00Z");

    private static final int DAY = 86_400;

    private Moments() {}

    /** Some moment in the years before, in Graph's format. */
    static String past(Dice dice, int fewestDays, int mostDays) {
        return daysAgo(dice.between(fewestDays, mostDays), dice.below(DAY));
    }

    static String daysAgo(int days, int seconds) {
        return TODAY.minusSeconds((long) days * DAY + seconds).toString();
    }

    static String daysAhead(int days) {
        return TODAY.plusSeconds((long) days * DAY).toString();
    }

    /** Midnight of some day in the years before. */
    static String pastDay(Dice dice, int fewestDays, int mostDays) {
        var day = TODAY.getEpochSecond() / DAY - dice.between(fewestDays, mostDays);
        return Instant.ofEpochSecond(day * DAY).toString();
    }
}
