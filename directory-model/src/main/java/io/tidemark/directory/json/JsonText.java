package io.tidemark.directory.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON text without losing anything: numbers keep their spelling, duplicate names are refused, depth is bounded. */
public final class JsonText {

    /** How deep objects and arrays may be nested. */
    public static final int DEEPEST = 64;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** For what {@link #read} turns into values, which notices names that stand twice by itself. */
    private static final JsonFactory VALUES = FACTORY.rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int FEW_MEMBERS = 4;
    private static final int ROOM = 512;

    private JsonText() {}

    /** The factory with these rules, for callers that stream. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException if the text is not one JSON value; the message gives the place, never the content
     */
    public static JsonValue parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #parse(String)}, from UTF-8 bytes. */
    public static JsonValue parse(byte[] utf8) {
        try (JsonParser parser = VALUES.createParser(utf8)) {
            return whole(parser);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** As {@link #parse(String)}, from a stream, which is read to its end but not closed. */
    public static JsonValue parse(InputStream utf8) {
        try (JsonParser parser = VALUES.createParser(utf8)) {
            return whole(parser);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException if the text is not one JSON object
     */
    public static JsonObject parseObject(String text) {
        if (parse(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("JSON text is not an object");
    }

    /** Reads the value at the parser's current token, and leaves the parser at that value's last token. */
    public static JsonValue read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("JSON text is empty");
        }
        return switch (token) {
            case VALUE_NULL -> JsonNull.NULL;
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case START_ARRAY -> readArray(parser);
            case START_OBJECT -> readObject(parser);
            default -> throw new IllegalArgumentException("unexpected JSON token " + token);
        };
    }

    /** Writes a value as compact UTF-8 JSON, object members in their order. */
    public static byte[] bytes(JsonValue value) {
        return new JsonBytes(ROOM).value(value).toBytes();
    }

    /** Writes a value as compact JSON text. */
    public static String text(JsonValue value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** Writes a value to a generator. */
    public static void write(JsonGenerator generator, JsonValue value) throws IOException {
        if (value instanceof JsonNull) {
            generator.writeNull();
        } else if (value instanceof JsonBoolean bool) {
            generator.writeBoolean(bool.value());
        } else if (value instanceof JsonNumber number) {
            generator.writeNumber(number.text());
        } else if (value instanceof JsonString string) {
            generator.writeString(string.value());
        } else if (value instanceof JsonArray array) {
            generator.writeStartArray();
            for (JsonValue element : array.elements()) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof JsonObject object) {
            generator.writeStartObject();
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                generator.writeFieldName(member.getKey());
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        }
    }

    private static JsonValue whole(JsonParser parser) throws IOException {
        parser.nextToken();
        JsonValue value = read(parser);
        if (parser.nextToken() != null) {
            throw new IllegalArgumentException("JSON text goes on after its value");
        }
        return value;
    }

    private static JsonArray readArray(JsonParser parser) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return new JsonArray(elements);
    }

    private static JsonObject readObject(JsonParser parser) throws IOException {
        Members.Builder members = new Members.Builder(FEW_MEMBERS);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (!members.add(name, read(parser))) {
                throw new JsonParseException(parser, "a name stands twice");
            }
        }
        return new JsonObject(members.build());
    }

    private static IllegalArgumentException refusal(IOException e) {
        if (e instanceof com.fasterxml.jackson.core.JsonProcessingException broken && broken.getLocation() != null) {
            return new IllegalArgumentException(
                    "JSON text is broken at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr());
        }
        return new IllegalArgumentException("JSON text could not be read");
    }
}
