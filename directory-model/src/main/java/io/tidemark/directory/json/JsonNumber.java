package io.tidemark.directory.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number, spelled as it was sent. Two numbers are equal when their values are, so {@code 2.50} equals {@code 2.5}.
 *
 * @param text the number's JSON spelling
 */
public record JsonNumber(String text) implements JsonValue {

    public JsonNumber {
        try {
            BigDecimal unused = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a JSON number", e);
        }
    }

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** The value without trailing zeros: the form that is compared and hashed. */
    public BigDecimal value() {
        return new BigDecimal(text).stripTrailingZeros();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonNumber number && value().equals(number.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }
}
