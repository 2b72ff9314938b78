package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The condition of {@code $search}: quoted terms of the form property:value, joined by AND and OR. */
final class Search {

    private static final Pattern TOKEN = Pattern.compile("\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|\\(|\\)|AND\\b|OR\\b)\\s*");
    private static final Set<String> BY_WORD = Set.of("displayName", "description");
    private static final int DEEPEST = 30;

    /** A condition on one object. */
    private interface Condition {
        boolean test(Entity entity);
    }

    private final Kind kind;
    private final List<String> tokens = new ArrayList<>();
    private final Condition whole;
    private int at;
    private int depth;

    private Search(Kind kind, String text) {
        this.kind = kind;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end < text.length() || tokens.isEmpty()) {
            int wrong = Math.min(text.length(), Math.max(end, text.indexOf(':', end)));
            String character = wrong < text.length() ? String.valueOf(text.charAt(wrong)) : "";
            throw GraphRefusal.badQuery("Syntax error: character '" + character + "' is not valid at position " + wrong
                    + " in '" + text + "'.");
        }
        whole = or();
        if (at < tokens.size()) {
            throw syntax();
        }
    }

    static Search parse(Kind kind, String text) {
        return new Search(kind, text.trim());
    }

    boolean test(Entity entity) {
        return whole.test(entity);
    }

    private static GraphRefusal syntax() {
        return GraphRefusal.badQuery("Syntax error: a search has the form \"property:value\".");
    }

    private Condition or() {
        if (++depth > DEEPEST) {
            throw syntax();
        }
        Condition left = and();
        while (at < tokens.size() && tokens.get(at).equals("OR")) {
            at++;
            Condition first = left;
            Condition second = and();
            left = entity -> first.test(entity) || second.test(entity);
        }
        depth--;
        return left;
    }

    private Condition and() {
        Condition left = term();
        while (at < tokens.size() && tokens.get(at).equals("AND")) {
            at++;
            Condition first = left;
            Condition second = term();
            left = entity -> first.test(entity) && second.test(entity);
        }
        return left;
    }

    private Condition term() {
        String token = at < tokens.size() ? tokens.get(at++) : "";
        if (token.equals("(")) {
            Condition inner = or();
            if (at >= tokens.size() || !tokens.get(at++).equals(")")) {
                throw syntax();
            }
            return inner;
        }
        if (!token.startsWith("\"")) {
            throw syntax();
        }
        String plain =
                token.substring(1, token.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
        int colon = plain.indexOf(':');
        String property = colon < 0 ? null : kind.property(plain.substring(0, colon));
        if (property == null) {
            throw syntax();
        }
        String wanted = plain.substring(colon + 1).trim().toLowerCase(Locale.ROOT);
        return entity -> matches(property, entity.get(property), wanted);
    }

    private static boolean matches(String property, @Nullable JsonNode value, String wanted) {
        if (value == null || value.isNull()) {
            return false;
        }
        if (value.isArray()) {
            for (JsonNode item : value) {
                if (item.asText().toLowerCase(Locale.ROOT).startsWith(wanted)) {
                    return true;
                }
            }
            return false;
        }
        String text = value.asText();
        if (text.toLowerCase(Locale.ROOT).startsWith(wanted)) {
            return true;
        }
        return BY_WORD.contains(property) && words(wanted).stream().allMatch(w -> begins(words(text), w));
    }

    private static boolean begins(List<String> words, String start) {
        return words.stream().anyMatch(word -> word.startsWith(start));
    }

    /** The words of a text: parted by anything but letters and digits, by a change of case, and between letters and digits. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String parted = text.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})", " ");
        for (String word : parted.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }
}
