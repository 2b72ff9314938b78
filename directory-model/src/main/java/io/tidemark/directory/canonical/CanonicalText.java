package io.tidemark.directory.canonical;

import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Trait;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBytes;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes the canonical form of an object without making it, to the byte what {@link Canonicaliser#canonical} would be written as: for a hash
 * nobody needs the sorted trees.
 */
final class CanonicalText {

    private static final int ROOM = 4096;

    private final KindDescription description;
    private final JsonBytes out;

    private CanonicalText(KindDescription description, JsonBytes out) {
        this.description = description;
        this.out = out;
    }

    static JsonBytes of(KindDescription description, JsonObject properties) {
        JsonBytes out = new JsonBytes(ROOM);
        new CanonicalText(description, out).properties(properties);
        return out;
    }

    private void properties(JsonObject properties) {
        out.raw('{');
        boolean first = true;
        for (Map.Entry<String, JsonValue> member : sorted(properties)) {
            String name = member.getKey();
            if (!Canonicaliser.isNoise(description, name)) {
                first = begin(name, first);
                write(name, member.getValue());
            }
        }
        out.raw('}');
    }

    private void write(String path, JsonValue value) {
        if (value instanceof JsonObject object) {
            object(path, object);
        } else if (value instanceof JsonArray array) {
            array(path, array);
        } else if (value instanceof JsonNumber number) {
            out.raw(number.canonicalText().getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof JsonString text) {
            out.string(words(path, text.value()));
        } else {
            out.value(value);
        }
    }

    private String words(String path, String text) {
        if (Canonicaliser.hasTrait(description, path, Trait.COMMA_SET)) {
            return Canonicaliser.sortedWords(text, ",");
        }
        return Canonicaliser.hasTrait(description, path, Trait.SPACE_SET) ? Canonicaliser.sortedWords(text, " ") : text;
    }

    private void object(String path, JsonObject object) {
        out.raw('{');
        boolean first = true;
        for (Map.Entry<String, JsonValue> member : sorted(object)) {
            String name = member.getKey();
            String inner = path + "/" + name;
            boolean noise = name.indexOf('@') >= 0 && !name.equals(Canonicaliser.ODATA_TYPE);
            if (!noise && !Canonicaliser.hasTrait(description, inner, Trait.VOLATILE)) {
                first = begin(name, first);
                write(inner, member.getValue());
            }
        }
        out.raw('}');
    }

    private void array(String path, JsonArray array) {
        out.raw('[');
        boolean first = true;
        if (array.elements().size() < 2 || Canonicaliser.hasTrait(description, path, Trait.ORDERED)) {
            for (JsonValue element : array.elements()) {
                first = comma(first);
                write(path, element);
            }
        } else {
            for (String element : sortedTexts(path, array)) {
                first = comma(first);
                out.raw(element.getBytes(StandardCharsets.UTF_8));
            }
        }
        out.raw(']');
    }

    private String[] sortedTexts(String path, JsonArray array) {
        String[] texts = new String[array.elements().size()];
        for (int i = 0; i < texts.length; i++) {
            JsonBytes text = new JsonBytes(ROOM / 16);
            new CanonicalText(description, text).write(path, array.elements().get(i));
            texts[i] = new String(text.toBytes(), StandardCharsets.UTF_8);
        }
        Arrays.sort(texts);
        return texts;
    }

    private boolean begin(String name, boolean first) {
        boolean later = comma(first);
        out.string(name).raw(':');
        return later;
    }

    private boolean comma(boolean first) {
        if (!first) {
            out.raw(',');
        }
        return false;
    }

    private static List<Map.Entry<String, JsonValue>> sorted(JsonObject object) {
        List<Map.Entry<String, JsonValue>> members =
                new ArrayList<>(object.members().entrySet());
        members.sort(Map.Entry.comparingByKey());
        return members;
    }
}
