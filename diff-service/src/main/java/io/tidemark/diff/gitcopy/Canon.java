package io.tidemark.diff.gitcopy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The form in which files are kept: canonical, indented by two spaces, one value a line, so that a line that differs is a value that differs. */
final class Canon {

    private Canon() {}

    static byte[] object(String type, JsonObject body) {
        return bytes(Canonicaliser.canonical(ObjectKind.parse(type), body));
    }

    /** The targets of one source, in order of id, with what kind of object each is. */
    static byte[] links(Map<String, String> targets) {
        List<JsonValue> elements = new ArrayList<>();
        new TreeMap<>(targets)
                .forEach((id, kind) -> elements.add(
                        new JsonObject(Map.of("id", new JsonString(id))).with("type", new JsonString(kind))));
        return bytes(new JsonArray(elements));
    }

    /** Reads what {@link #links(Map)} wrote. */
    static Map<String, String> links(byte[] file) {
        Map<String, String> targets = new TreeMap<>();
        if (JsonText.parse(new String(file, StandardCharsets.UTF_8)) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonObject target) {
                    target.findString("id")
                            .ifPresent(id ->
                                    targets.put(id, target.findString("type").orElse("")));
                }
            }
        }
        return targets;
    }

    private static byte[] bytes(JsonValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonText.factory().createGenerator(out)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
            printer.indentObjectsWith(lines);
            printer.indentArraysWith(lines);
            generator.setPrettyPrinter(printer);
            JsonText.write(generator, value);
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
