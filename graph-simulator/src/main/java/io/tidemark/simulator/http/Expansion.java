package io.tidemark.simulator.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one expanded relation.
 *
 * @param select the selected properties; {@code null} if none were named
 * @param inner what is expanded of the reached objects
 * @param filter which of them are wanted
 * @param top how many of them; 0 if nothing was said
 * @param levels how often the relation is followed
 */
record Expansion(
        @Nullable List<String> select,
        Map<String, Expansion> inner,
        @Nullable String filter,
        int top,
        int levels) {

    static final Expansion PLAIN = new Expansion(null, Map.of(), null, 0, 1);
    private static final int DEEPEST = 5;
    private static final int MOST_LEVELS = 1000;

    /** Reads {@code $expand}. */
    static Map<String, Expansion> parse(@Nullable String text) {
        return parse(text, 0);
    }

    private static Map<String, Expansion> parse(@Nullable String text, int depth) {
        Map<String, Expansion> expanded = new LinkedHashMap<>();
        if (text == null || depth > DEEPEST) {
            return expanded;
        }
        for (String item : split(text, ',')) {
            int open = item.indexOf('(');
            if (open < 0) {
                expanded.put(item, PLAIN);
            } else {
                String options = item.substring(open + 1, item.endsWith(")") ? item.length() - 1 : item.length());
                expanded.put(item.substring(0, open).trim(), of(split(options, ';'), depth));
            }
        }
        return expanded;
    }

    private static Expansion of(List<String> options, int depth) {
        List<String> select = null;
        Map<String, Expansion> inner = Map.of();
        String filter = null;
        int top = 0;
        int levels = 1;
        for (String option : options) {
            int equals = option.indexOf('=');
            String name = equals < 0
                    ? option
                    : option.substring(0, equals)
                            .trim()
                            .toLowerCase(Locale.ROOT)
                            .replace("$", "");
            String value = equals < 0 ? "" : option.substring(equals + 1).trim();
            switch (name) {
                case "select" -> select = split(value, ',');
                case "expand" -> inner = parse(value, depth + 1);
                case "filter" -> filter = value;
                case "top" -> top = number(value);
                case "levels" -> levels = value.equalsIgnoreCase("max") ? MOST_LEVELS : number(value);
                default -> {
                    // Options that change nothing here, such as $count, pass.
                }
            }
        }
        return new Expansion(select == null || select.isEmpty() ? null : select, inner, filter, top, levels);
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The same, followed once less. */
    Expansion deeper() {
        return new Expansion(select, inner, filter, top, levels - 1);
    }

    /** The parts between separators that stand neither in brackets nor in quotes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? separator : text.charAt(i);
            if (i < text.length() && c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (i == text.length() || c == separator && depth <= 0 && !quoted) {
                String part = text.substring(start, i).trim();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        return parts;
    }
}
