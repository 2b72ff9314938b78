package io.tidemark.simulator.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads values that were packed. It stands at one place of the bytes and moves on with each value. */
final class Packed {

    static final int NULL = 0;
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int EMPTY_ARRAY = 3;
    static final int EMPTY_OBJECT = 4;
    static final int GUID = 5;
    static final int POOLED = 6;
    static final int TEXT = 7;
    static final int ESCAPED = 8;
    static final int NUMBER = 9;
    static final int OBJECT = 10;
    static final int ARRAY = 11;
    static final int RAW = 12;
    static final int SHORT_TEXT = 16;
    static final int LONG_TEXT = 240;

    private static final int LONGEST_LONG = 18;

    private final byte[] bytes;
    private int at;

    Packed(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    void to(int place) {
        at = place;
    }

    /** Whether the value here is null. */
    boolean isNull() {
        return bytes[at] == NULL;
    }

    /** Moves past one value. */
    void skip() {
        int tag = bytes[at++] & 0xff;
        if (tag >= SHORT_TEXT) {
            at += tag - SHORT_TEXT;
            return;
        }
        switch (tag) {
            case GUID -> at += 16;
            case POOLED -> number();
            case TEXT, ESCAPED, NUMBER, RAW -> jump(number());
            case OBJECT, ARRAY -> {
                number();
                jump(number());
            }
            default -> {
                // The tag is all there is.
            }
        }
    }

    private void jump(int length) {
        at += length;
    }

    /** Reads one value. */
    JsonNode value(@Nullable TextPool pool) {
        int tag = bytes[at++] & 0xff;
        if (tag >= SHORT_TEXT) {
            return TextNode.valueOf(text(tag - SHORT_TEXT));
        }
        return switch (tag) {
            case NULL -> NullNode.getInstance();
            case TRUE -> BooleanNode.TRUE;
            case FALSE -> BooleanNode.FALSE;
            case EMPTY_ARRAY -> Json.array();
            case EMPTY_OBJECT -> Json.object();
            case GUID -> TextNode.valueOf(guid());
            case POOLED -> TextNode.valueOf(new String(pooled(pool), StandardCharsets.UTF_8));
            case TEXT, ESCAPED -> TextNode.valueOf(text(number()));
            case NUMBER -> numeric(text(number()));
            case OBJECT -> object();
            case ARRAY -> array(pool);
            default -> raw();
        };
    }

    private byte[] pooled(@Nullable TextPool pool) {
        int number = number();
        if (pool == null) {
            throw new IllegalStateException("a kept text has no pool");
        }
        return pool.text(number);
    }

    private String text(int length) {
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private String guid() {
        return new UUID(eight(), eight()).toString();
    }

    private long eight() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    private static JsonNode numeric(String text) {
        if (text.indexOf('.') >= 0 || text.indexOf('E') >= 0 || text.indexOf('N') >= 0 || text.indexOf('I') >= 0) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        if (text.length() > LONGEST_LONG) {
            BigInteger whole = new BigInteger(text);
            return whole.bitLength() < 64 ? LongNode.valueOf(whole.longValue()) : BigIntegerNode.valueOf(whole);
        }
        long whole = Long.parseLong(text);
        return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
    }

    private JsonNode object() {
        Shape shape = Shape.numbered(number());
        number();
        ObjectNode object = Json.object();
        for (int i = 0; i < shape.size(); i++) {
            object.set(shape.name(i), value(shape.pool(i)));
        }
        return object;
    }

    private JsonNode array(@Nullable TextPool pool) {
        int count = number();
        number();
        ArrayNode array = Json.array();
        for (int i = 0; i < count; i++) {
            array.add(value(pool));
        }
        return array;
    }

    private JsonNode raw() {
        int length = number();
        try {
            JsonNode node = Json.mapper().readTree(bytes, at, length);
            at += length;
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one value as JSON. */
    void write(JsonGenerator out, @Nullable TextPool pool) throws IOException {
        int tag = bytes[at++] & 0xff;
        if (tag >= SHORT_TEXT) {
            clean(out, tag - SHORT_TEXT);
            return;
        }
        switch (tag) {
            case NULL -> out.writeNull();
            case TRUE -> out.writeBoolean(true);
            case FALSE -> out.writeBoolean(false);
            case EMPTY_ARRAY -> {
                out.writeStartArray();
                out.writeEndArray();
            }
            case EMPTY_OBJECT -> {
                out.writeStartObject();
                out.writeEndObject();
            }
            case GUID -> out.writeString(guid());
            case POOLED -> {
                byte[] text = pooled(pool);
                out.writeUTF8String(text, 0, text.length);
            }
            case TEXT -> clean(out, number());
            case ESCAPED -> {
                int length = number();
                out.writeUTF8String(bytes, at, length);
                at += length;
            }
            case NUMBER -> out.writeNumber(text(number()));
            case OBJECT -> writeObject(out);
            case ARRAY -> writeArray(out, pool);
            default -> out.writeTree(raw());
        }
    }

    private void clean(JsonGenerator out, int length) throws IOException {
        out.writeRawUTF8String(bytes, at, length);
        at += length;
    }

    private void writeObject(JsonGenerator out) throws IOException {
        Shape shape = Shape.numbered(number());
        number();
        out.writeStartObject();
        for (int i = 0; i < shape.size(); i++) {
            out.writeFieldName(shape.written(i));
            write(out, shape.pool(i));
        }
        out.writeEndObject();
    }

    private void writeArray(JsonGenerator out, @Nullable TextPool pool) throws IOException {
        int count = number();
        number();
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
            write(out, pool);
        }
        out.writeEndArray();
    }

    private int number() {
        int result = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[at++];
            result |= (next & 0x7f) << shift;
            if (next >= 0) {
                return result;
            }
            shift += 7;
        }
    }
}
