package io.tidemark.simulator.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tidemark.simulator.entity.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The documents of one file: one, several, lines or a list, in UTF-8 or UTF-16 with or without a mark, or in the code page of old shells. */
final class ExportFile {

    private static final ObjectReader READER = Json.mapper()
            .reader()
            .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withFeatures(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);
    private static final Charset OLD_SHELLS = Charset.forName("windows-1252");

    private ExportFile() {}

    /** Reads one document after the other, the items of an outermost list each for itself. */
    static void read(Path file, Consumer<JsonNode> documents) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = utf(file)
                        ? READER.createParser(in)
                        : READER.createParser(new InputStreamReader(in, OLD_SHELLS))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    documents.accept(READER.readTree(parser));
                }
            }
        }
    }

    private static boolean utf(Path file) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(65_536);
        CharBuffer characters = CharBuffer.allocate(65_536);
        try (InputStream in = Files.newInputStream(file)) {
            for (boolean started = false, last = false; !last; started = true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                last = count < 0;
                bytes.position(bytes.position() + Math.max(count, 0)).flip();
                if (!started && wide(bytes)) {
                    return true;
                }
                CoderResult result = decoder.decode(bytes, characters, last);
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
                characters.clear();
            }
        }
        return true;
    }

    /** Whether a text begins with the mark of a two-byte encoding or with a character of two bytes. */
    private static boolean wide(ByteBuffer bytes) {
        if (bytes.limit() < 2) {
            return false;
        }
        int first = bytes.get(0) & 0xff;
        int second = bytes.get(1) & 0xff;
        return first == 0xff && second == 0xfe || first == 0xfe && second == 0xff || first == 0 ^ second == 0;
    }
}
