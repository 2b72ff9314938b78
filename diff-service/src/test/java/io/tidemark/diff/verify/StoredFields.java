package io.tidemark.diff.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.diff.history.Stamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.Binary;

/** Finds every field of a stored document by itself, within lists and within JSON texts too, and alters one at a time in every way it knows. */
final class StoredFields {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What stands between the entries of a text that is a list. */
    private static final String BETWEEN = "\u001f";

    private static final Map<String, String> OTHER_WORD = Map.of(
            "SOFT", "HARD",
            "SEALED", "SUSPECT",
            "COMPLETE", "SKIPPED",
            "FULL", "INCREMENTAL");

    private StoredFields() {}

    /** Shows each altered copy of a document with what was done: {@code field.path: how}. List positions are left out of paths. */
    static void alterations(Document document, BiConsumer<String, Document> each) {
        document.forEach((name, value) -> {
            if (!name.equals("_id")) {
                Document without = new Document(document);
                without.remove(name);
                each.accept(name + ": removed", without);
                values(name, value, (how, other) -> each.accept(how, new Document(document).append(name, other)));
            }
        });
    }

    private static void values(String path, Object value, BiConsumer<String, Object> each) {
        if (value instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                int at = i;
                each.accept(path + "[]: removed", changed(elements, list -> list.remove(at)));
                each.accept(path + "[]: repeated", changed(elements, list -> list.add(elements.get(at))));
                values(
                        path + "[]",
                        elements.get(i),
                        (how, other) -> each.accept(how, changed(elements, list -> {
                            Object unused = list.set(at, other);
                        })));
            }
        } else if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                each.accept(path + "." + name + ": removed", changed(members, map -> map.remove(name)));
                values(
                        path + "." + name,
                        member,
                        (how, other) -> each.accept(how, changed(members, map -> {
                            Object unused = map.put((String) name, other);
                        })));
            });
        } else if (value instanceof String text && text.contains(BETWEEN)) {
            values(
                    path,
                    List.of(text.split(BETWEEN, -1)),
                    (how, other) -> each.accept(how, other instanceof List<?> lines ? joined(lines) : other));
        } else if (value instanceof String text && text.startsWith("{") && !path.equals("body")) {
            values(path, read(text), (how, other) -> each.accept(how, write(other)));
        } else {
            others(value).forEach((how, other) -> each.accept(path + ": " + how, other));
        }
    }

    private static String joined(List<?> lines) {
        return lines.stream().map(String::valueOf).collect(Collectors.joining(BETWEEN));
    }

    private static List<Object> changed(List<?> elements, java.util.function.Consumer<List<Object>> change) {
        List<Object> copy = new ArrayList<>(elements);
        change.accept(copy);
        return copy;
    }

    private static Document changed(Map<?, ?> members, java.util.function.Consumer<Map<String, Object>> change) {
        Document copy = new Document();
        members.forEach((name, value) -> copy.put((String) name, value));
        change.accept(copy);
        return copy;
    }

    private static Map<String, Object> others(Object value) {
        Map<String, Object> others = new LinkedHashMap<>();
        if (value instanceof Boolean yes) {
            others.put("turned", !yes);
        } else if (value instanceof Integer number) {
            others.put("plus one", number + 1);
        } else if (value instanceof Long number) {
            others.put("plus one", number + 1);
        } else if (value instanceof Binary digest) {
            byte[] other = digest.getData().clone();
            other[0] ^= 1;
            others.put("another digit", new Binary(other));
            others.put("longer", new Binary(Arrays.copyOf(digest.getData(), digest.length() + 1)));
            others.put("a number", 7);
            others.put("a text", "x");
        } else if (value instanceof String text) {
            others.put("longer", text + "x");
            others.put("a number", 7);
            if (OTHER_WORD.containsKey(text)) {
                others.put("another word", OTHER_WORD.get(text));
            }
            if (text.matches("[0-9a-f]{16,}")) {
                others.put("another digit", (text.charAt(0) == '0' ? "1" : "0") + text.substring(1));
            }
            moment(text, others);
        }
        return others;
    }

    private static void moment(String text, Map<String, Object> others) {
        try {
            Instant instant = Instant.parse(text);
            others.put("later", Stamp.text(instant.plus(Duration.ofHours(1))));
            others.put("earlier", Stamp.text(instant.minus(Duration.ofHours(1))));
        } catch (DateTimeException e) {
            // Not a moment.
        }
    }

    private static Object read(String text) {
        try {
            return JSON.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
