package io.tidemark.simulator.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

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
        return text(TODAY.getEpochSecond() - ((long) days * DAY + seconds));
    }

    static String daysAhead(int days) {
        return text(TODAY.getEpochSecond() + (long) days * DAY);
    }

    /** Midnight of some day in the years before. */
    static String pastDay(Dice dice, int fewestDays, int mostDays) {
        var day = TODAY.getEpochSecond() / DAY - dice.between(fewestDays, mostDays);
        return text(day * DAY);
    }

    /** A second as {@link Instant} writes it, in a fraction of the time; hundreds of thousands are written. */
    private static String text(long second) {
        var day = LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
        var ofDay = Math.floorMod(second, DAY);
        var text = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.ISO_8859_1);
        twoDigits(text, 0, day.getYear() / 100);
        twoDigits(text, 2, day.getYear() % 100);
        twoDigits(text, 5, day.getMonthValue());
        twoDigits(text, 8, day.getDayOfMonth());
        twoDigits(text, 11, ofDay / 3_600);
        twoDigits(text, 14, ofDay / 60 % 60);
        twoDigits(text, 17, ofDay % 60);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void twoDigits(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
