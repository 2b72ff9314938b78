package io.tidemark.directory.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number, spelled as it was sent. Two numbers are equal when their values are, so {@code 2.50} equals {@code 2.5}.
 *
 * @param text the number's JSON spelling
 */
public record JsonNumber(String text) implements JsonValue {

    private static final Pattern SPELLING = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final int LONGEST_PLAIN = 400;
    private static final int SHORT = 18;

    public JsonNumber {
        if (!isShortInteger(text)) {
            requireNumber(text);
        }
    }

    private static void requireNumber(String text) {
        if (!SPELLING.matcher(text).matches()) {
            throw new IllegalArgumentException("not a JSON number");
        }
        try {
            BigDecimal unused = new BigDecimal(text).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
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

    /** The one spelling that all equal numbers share: plain, unless that would take hundreds of digits. */
    public String canonicalText() {
        if (isShortInteger(text)) {
            return text;
        }
        BigDecimal value = value();
        return Math.abs((long) value.scale()) > LONGEST_PLAIN ? value.toString() : value.toPlainString();
    }

    /** Whether it is spelled as nearly all numbers are: zero, or some digits of which the first is no zero. */
    private static boolean isShortInteger(String text) {
        int length = text.length();
        if (length == 0 || length > SHORT || text.charAt(0) == '0' && length > 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
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
