package io.tidemark.simulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a filter, however long its texts are. */
final class FilterTokens {

    private static final Pattern TOKEN =
            Pattern.compile("([(),]|\\d{4}-\\d\\d-\\d\\d(?:T[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)?)?|[\\w$./:@-]+)");

    private FilterTokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = begin(text, 0);
        while (end < text.length()) {
            int next = text.charAt(end) == '\'' ? closed(text, end) : -1;
            if (next < 0 && matcher.region(end, text.length()).lookingAt()) {
                next = matcher.end();
            }
            if (next < 0) {
                throw FilterParser.invalid("Syntax error at position " + end + ".");
            }
            tokens.add(text.substring(end, next));
            end = begin(text, next);
        }
        return tokens;
    }

    private static int begin(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where a text in quotes ends, doubled quotes being part of it; -1 if it does not. */
    private static int closed(String text, int from) {
        for (int quote = text.indexOf('\'', from + 1); quote >= 0; quote = text.indexOf('\'', quote + 2)) {
            if (quote + 1 == text.length() || text.charAt(quote + 1) != '\'') {
                return quote + 1;
            }
        }
        return -1;
    }
}
