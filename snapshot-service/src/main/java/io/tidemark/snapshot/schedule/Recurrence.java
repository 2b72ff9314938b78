package io.tidemark.snapshot.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When something falls due again and again. */
sealed interface Recurrence {

    /** The newest moment up to now at which it fell due, later than the last one; empty if there is none. */
    Optional<Instant> due(Instant last, Instant now);

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
            long passed = Duration.between(last, now).dividedBy(period);
            return passed < 1 ? Optional.empty() : Optional.of(last.plus(period.multipliedBy(passed)));
        }
    }

    /** At the times of a cron expression, in UTC. */
    record At(ExecutionTime times) implements Recurrence {
        @Override
        public Optional<Instant> due(Instant last, Instant now) {
            ZonedDateTime moment = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
            Optional<ZonedDateTime> newest = times.isMatch(moment) ? Optional.of(moment) : times.lastExecution(moment);
            return newest.map(ZonedDateTime::toInstant).filter(due -> due.isAfter(last));
        }
    }

    /**
     * Reads {@code PT5M}, a cron expression of five fields such as {@code 30 2 * * *}, or {@code off}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static Recurrence parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase("off")) {
            return new Never();
        }
        if (trimmed.indexOf(' ') > 0) {
            return new At(cron(trimmed));
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
