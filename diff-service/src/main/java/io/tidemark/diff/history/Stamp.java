package io.tidemark.diff.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Spells instants exactly and so that the order of texts is the order of time; a database's own dates lose nanoseconds. */
public final class Stamp {

    private static final int NANO_DIGITS = 9;
    private static final int RADIX = 10;
    private static final long SECONDS = 86_400;
    private static final String SHAPE = "0000-00-00T00:00:00.000000000Z";
    private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(NANO_DIGITS).toFormatter();

    private Stamp() {}

    public static String text(Instant instant) {
        long second = instant.getEpochSecond();
        return second < FIRST || second > LAST ? FORMAT.format(instant) : written(instant);
    }

    private static String written(Instant instant) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        char[] text = SHAPE.toCharArray();
        write(text, 0, 4, moment.getYear());
        write(text, 5, 7, moment.getMonthValue());
        write(text, 8, 10, moment.getDayOfMonth());
        write(text, 11, 13, moment.getHour());
        write(text, 14, 16, moment.getMinute());
        write(text, 17, 19, moment.getSecond());
        write(text, 20, 20 + NANO_DIGITS, moment.getNano());
        return new String(text);
    }

    private static void write(char[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (char) ('0' + rest % RADIX);
            rest /= RADIX;
        }
    }

    /** Reads what {@link #text} wrote, and any other ISO instant. */
    public static Instant parse(String text) {
        return isOwn(text) ? own(text) : Instant.parse(text);
    }

    /** Of the own form, with four digits of the year; so much is read and written of it that the general way is felt. */
    private static boolean isOwn(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char wanted = SHAPE.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static Instant own(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        LocalTime time = LocalTime.of(
                number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), number(text, 20, 20 + NANO_DIGITS));
        return Instant.ofEpochSecond(day * SECONDS + time.toSecondOfDay(), time.getNano());
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, RADIX);
    }
}
