package io.tidemark.graph.transport;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code Retry-After}: seconds, whole or decimal, sometimes several joined by commas, of which the longest counts. */
public final class RetryAfter {

    private static final BigDecimal LONGEST = BigDecimal.valueOf(86_400);

    private RetryAfter() {}

    /** The time to stay away; empty if the header does not say one that can be understood. */
    public static Optional<Duration> parse(String header) {
        Optional<Duration> longest = Optional.empty();
        for (String part : header.split(",", -1)) {
            Optional<Duration> one = parseOne(part.trim());
            if (one.isPresent() && (longest.isEmpty() || one.get().compareTo(longest.get()) > 0)) {
                longest = one;
            }
        }
        return longest;
    }

    private static Optional<Duration> parseOne(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return Optional.empty();
        }
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() < 0) {
                return Optional.empty();
            }
            return Optional.of(Duration.ofMillis(seconds.min(LONGEST)
                    .movePointRight(3)
                    .setScale(0, java.math.RoundingMode.CEILING)
                    .longValueExact()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
