package io.tidemark.directory.canonical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A made-up JSON value that can be spelled in many ways, by a writer that shares nothing with the one that is tested. */
sealed interface SpelledValue {

    /** How to spell. */
    enum Spelling {
        /** As short as can be, characters beyond the first 65,536 by their halves' numbers. */
        PLAIN,
        /** With blanks, and characters by their numbers. */
        WILD,
        /** As wild, and members and elements in any order. */
        SHUFFLED
    }

    /** Members in the order of the map. */
    record Members(Map<String, SpelledValue> members) implements SpelledValue {}

    /** Elements, all of them different. */
    record Elements(List<SpelledValue> elements) implements SpelledValue {}

    /** A text. */
    record Text(String text) implements SpelledValue {}

    /** A number, true, false or null. */
    record Bare(String text) implements SpelledValue {}

    List<String> NAMES = List.of(
            "",
            "a.b",
            "$ref",
            "$",
            "a/b",
            "~1",
            " ",
            "\"",
            "\\",
            "new line\n",
            "größe",
            "😀",
            "__proto__",
            "notes",
            "@odata.type",
            "constructor");

    List<String> TEXTS = List.of(
            "",
            "#microsoft.graph.neverHeardOf",
            "plain",
            "null",
            "1.0",
            "\u0000\u0001\u001f",
            "\ud83d",
            "\ude00\ud83d",
            "😀",
            "a\ud83d\ud83d\ude00b",
            "\u2028\u2029\ufeff",
            "\"\\/",
            "é",
            "e\u0301");

    List<String> BARES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.50",
            "1e400",
            "1E-7",
            "12345678901234567890",
            "9007199254740993",
            "0.1000000000000000055511151231257827");

    int DEEPEST = 58;

    static SpelledValue anObject(Random dice) {
        Map<String, SpelledValue> members = new LinkedHashMap<>();
        members.put("x", new Text("x" + dice.nextInt()));
        for (int i = 0; i < 1 + dice.nextInt(5); i++) {
            String name = NAMES.get(dice.nextInt(NAMES.size()));
            members.put(name.startsWith("@") ? "n" : name, any(dice, 4));
        }
        if (dice.nextInt(10) == 0) {
            SpelledValue deep = new Text("deep");
            for (int i = 0; i < DEEPEST; i++) {
                deep = dice.nextBoolean() ? new Elements(List.of(deep)) : new Members(Map.of("d", deep));
            }
            members.put("deep", deep);
        }
        return new Members(members);
    }

    private static SpelledValue any(Random dice, int depth) {
        return switch (dice.nextInt(depth == 0 ? 4 : 7)) {
            case 0, 1 -> new Bare(BARES.get(dice.nextInt(BARES.size())));
            case 2, 3 -> new Text(TEXTS.get(dice.nextInt(TEXTS.size())));
            case 4 -> {
                List<SpelledValue> elements = new ArrayList<>();
                for (int i = dice.nextInt(4); i > 0; i--) {
                    elements.add(any(dice, depth - 1));
                }
                yield new Elements(elements);
            }
            default -> {
                Map<String, SpelledValue> members = new LinkedHashMap<>();
                for (int i = dice.nextInt(4); i > 0; i--) {
                    members.put(NAMES.get(dice.nextInt(NAMES.size())), any(dice, depth - 1));
                }
                // A type is a text wherever it stands.
                members.computeIfPresent("@odata.type", (name, type) -> new Text("#microsoft.graph.neverHeardOf"));
                yield new Members(members);
            }
        };
    }

    /** The value with another text, number, null or emptiness somewhere. */
    default SpelledValue withOneOtherLeaf(Random dice) {
        if (this instanceof Members object && !object.members().isEmpty()) {
            Map<String, SpelledValue> members = new LinkedHashMap<>(object.members());
            String name = List.copyOf(members.keySet()).get(dice.nextInt(members.size()));
            if (dice.nextInt(4) == 0) {
                members.remove(name);
            } else {
                members.computeIfPresent(name, (same, value) -> value.withOneOtherLeaf(dice));
            }
            return new Members(members);
        }
        if (this instanceof Elements array && !array.elements().isEmpty()) {
            List<SpelledValue> elements = new ArrayList<>(array.elements());
            if (dice.nextInt(4) == 0) {
                elements.add(elements.get(0));
            } else {
                int at = dice.nextInt(elements.size());
                elements.set(at, new Text("other" + dice.nextInt()));
            }
            return new Elements(elements);
        }
        if (this instanceof Text text) {
            return new Text(text.text() + '\ud83d');
        }
        return equals(new Bare("null")) ? new Text("") : new Bare("null");
    }

    /** The value as JSON text. */
    default String spelled(Random dice, Spelling how) {
        if (this instanceof Members object) {
            List<String> names = new ArrayList<>(object.members().keySet());
            if (how == Spelling.SHUFFLED) {
                Collections.shuffle(names, dice);
            }
            return names.stream()
                    .map(name -> text(name, dice, how) + blank(dice, how) + ":"
                            + value(object.members().get(name), dice, how))
                    .collect(Collectors.joining(",", "{" + blank(dice, how), blank(dice, how) + "}"));
        }
        if (this instanceof Elements array) {
            List<SpelledValue> elements = new ArrayList<>(array.elements());
            if (how == Spelling.SHUFFLED) {
                Collections.shuffle(elements, dice);
            }
            return elements.stream()
                    .map(element -> value(element, dice, how))
                    .collect(Collectors.joining(",", "[", blank(dice, how) + "]"));
        }
        return this instanceof Text text ? text(text.text(), dice, how) : ((Bare) this).text();
    }

    private static String value(@Nullable SpelledValue value, Random dice, Spelling how) {
        return blank(dice, how) + (value == null ? "" : value.spelled(dice, how));
    }

    private static String blank(Random dice, Spelling how) {
        return how == Spelling.PLAIN ? "" : List.of("", "", " ", "\n\t", "\r\n").get(dice.nextInt(5));
    }

    private static String text(String text, Random dice, Spelling how) {
        StringBuilder spelled = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair && how != Spelling.PLAIN && dice.nextBoolean()) {
                spelled.append(c).append(text.charAt(++i));
            } else if (pair) {
                spelled.append(number(c)).append(number(text.charAt(++i)));
            } else if (Character.isSurrogate(c) || how != Spelling.PLAIN && dice.nextInt(4) == 0) {
                spelled.append(number(c));
            } else {
                spelled.append(shortest(c));
            }
        }
        return spelled.append('"').toString();
    }

    private static String number(char c) {
        return String.format("\\u%04X", (int) c);
    }

    private static String shortest(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < ' ' ? number(c) : String.valueOf(c);
        };
    }
}
