package io.tidemark.graph.transport;

import java.nio.charset.StandardCharsets;

/** Builds addresses relative to Graph's version; ids are escaped, whatever they hold. */
public final class Address {

    private static final String PLAIN = "-._~";

    private Address() {}

    /** A collection's or object's address: the path as it is, then each further segment escaped. */
    public static String of(String path, String... segments) {
        StringBuilder address = new StringBuilder(path);
        for (String segment : segments) {
            address.append('/').append(escape(segment));
        }
        return address.toString();
    }

    /** A query value or path segment in percent encoding. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        boolean dots = text.equals(".") || text.equals("..");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || c == '$') && !dots;
            if (plain) {
                escaped.append(c);
            } else {
                escaped.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)));
                escaped.append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return escaped.toString();
    }
}
