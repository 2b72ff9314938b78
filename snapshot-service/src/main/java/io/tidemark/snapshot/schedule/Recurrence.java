package io.tidemark.snapshot.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** When something falls due again and again. */
sealed interface Recurrence {

    /** Clocks of two machines may differ by less. */
    Duration MOST_AHEAD = Duration.ofMinutes(15);

    /**
     * The newest moment up to now at which it fell due, later than the last one; empty if there is none. A last one that is yet to come was
     * noted by a clock that was wrong, and counts for nothing.
     */
    Optional<Instant> due(Instant last, Instant now);

    private static boolean isOfAWrongClock(Instant last, Instant now) {
        return last.isAfter(now.plus(MOST_AHEAD));
    }

    /** Never. */
    record Never() implements Recurrence {
        @Override
        public Optional<Instant> due(Instant last, Instant now) {
            return Optional.empty();
        }
    }

    /** One period after another. */
    record Every(Duration period) implements Recurrence {
        @Override
        public Optional<Instant> due(Instant last, Instant now) {
            if (isOfAWrongClock(last, now)) {
                return Optional.of(now);
            }
            long passed = Duration.between(last, now).dividedBy(period);
            return passed < 1 ? Optional.empty() : Optional.of(last.plus(period.multipliedBy(passed)));
        }
    }

    /**
     * At the times of a cron expression by the clocks of a zone. A time that is left out when they are put forward falls due at that moment, one
     * that comes twice when they are put back only the first time.
     */
    record At(ExecutionTime times, ZoneId zone) implements Recurrence {
        @Override
        public Optional<Instant> due(Instant last, Instant now) {
            ZonedDateTime latest = latest(now).atZone(ZoneOffset.UTC);
            Optional<ZonedDateTime> newest = times.isMatch(latest) ? Optional.of(latest) : times.lastExecution(latest);
            return newest.map(ZonedDateTime::toLocalDateTime)
                    .map(this::instant)
                    .filter(due -> due.isAfter(last) || isOfAWrongClock(last, now));
        }

        /** The latest time that the clocks have shown. While an hour comes for the second time, that is the end of the first. */
        private LocalDateTime latest(Instant now) {
            LocalDateTime shown = LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.MINUTES);
            ZoneOffsetTransition change = zone.getRules().getTransition(shown);
            boolean again = change != null
                    && change.isOverlap()
                    && zone.getRules().getOffset(now).equals(change.getOffsetAfter());
            return again ? change.getDateTimeBefore().minusMinutes(1) : shown;
        }

        private Instant instant(LocalDateTime local) {
            ZoneOffsetTransition change = zone.getRules().getTransition(local);
            return change != null && change.isGap()
                    ? change.getInstant()
                    : local.toInstant(zone.getRules().getValidOffsets(local).get(0));
        }
    }

    /**
     * Reads {@code PT5M}, a cron expression of five fields such as {@code 30 2 * * *}, or {@code off}.
     *
     * @param zone by whose clocks a cron expression is meant
     * @throws IllegalArgumentException if it is none of them
     */
    static Recurrence parse(String text, ZoneId zone) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase("off")) {
            return new Never();
        }
        if (trimmed.indexOf(' ') > 0) {
            return new At(cron(trimmed), zone);
        }
        try {
            Duration period = Duration.parse(trimmed);
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("time between captures must be more than zero, not " + text);
            }
            return new Every(period);
        } catch (DateTimeParseException e) {
            throw unreadable(text, e);
        }
    }

    /**
     * Reads the name of a time zone.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.trim());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time zone must be named as in 'Europe/Berlin' or 'UTC', not '" + name + "'", e);
        }
    }

    private static ExecutionTime cron(String text) {
        try {
            return ExecutionTime.forCron(
                    new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
        } catch (IllegalArgumentException e) {
            throw unreadable(text, e);
        }
    }

    private static IllegalArgumentException unreadable(String text, Exception cause) {
        return new IllegalArgumentException(
                "when to capture must be an ISO duration such as PT5M, a cron expression of five fields such as"
                        + " '30 2 * * *', or 'off', not '" + text + "'",
                cause);
    }
}
