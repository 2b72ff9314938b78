package io.tidemark.simulator.entity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An id in the spelling with dashes, as two numbers. Read from bytes, as tenants of many objects ask for millions of them. */
public record Guid(long high, long low) {

    private static final int LENGTH = 36;
    private static final byte[] LOWER = digits("0123456789abcdef");
    private static final byte[] ANY = digits("0123456789abcdefABCDEF");

    private static byte[] digits(String allowed) {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (char digit : allowed.toCharArray()) {
            values[digit] = (byte) Character.digit(digit, 16);
        }
        return values;
    }

    /** Reads an id in the usual spelling, so that its two numbers give the text back; {@code null} if it is none. */
    public static @Nullable Guid usual(String text) {
        return text.length() == LENGTH ? read(text, LOWER) : null;
    }

    /** Reads an id in any case; {@code null} if it is none. */
    public static @Nullable Guid anyCase(String text) {
        return text.length() == LENGTH ? read(text, ANY) : null;
    }

    private static @Nullable Guid read(String text, byte[] digits) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes[8] != '-' || bytes[13] != '-' || bytes[18] != '-' || bytes[23] != '-') {
            return null;
        }
        long first = part(bytes, 0, 8, digits);
        long second = part(bytes, 9, 13, digits);
        long third = part(bytes, 14, 18, digits);
        long fourth = part(bytes, 19, 23, digits);
        long fifth = part(bytes, 24, 36, digits);
        if ((first | second | third | fourth | fifth) < 0) {
            return null;
        }
        return new Guid(first << 32 | second << 16 | third, fourth << 48 | fifth);
    }

    /** The number of some digits; negative if one of them is no digit. */
    private static long part(byte[] text, int from, int to, byte[] digits) {
        long value = 0;
        int wrong = 0;
        for (int i = from; i < to; i++) {
            int digit = digits[text[i] & 0xff];
            wrong |= digit;
            value = value << 4 | digit & 0xf;
        }
        return wrong < 0 ? -1 : value;
    }
}
