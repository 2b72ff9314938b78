package io.tidemark.simulator.entity;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON values into few bytes: names are kept by shape, recurring texts by pool, ids as 16 bytes, the rest as it is. */
final class Packer {

    private static final ThreadLocal<Packer> MINE = ThreadLocal.withInitial(Packer::new);

    private static final int LATELY = 64;

    private final Shape[] met = new Shape[LATELY];
    private byte[] bytes = new byte[4_096];
    private int size;

    private Packer() {}

    /** The packer of this thread, empty. */
    static Packer fresh() {
        Packer packer = MINE.get();
        packer.size = 0;
        return packer;
    }

    byte[] done() {
        return Arrays.copyOf(bytes, size);
    }

    /** Copies what was packed before. */
    void copy(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
    }

    /** Packs one value. */
    void value(JsonNode value, @Nullable TextPool pool) {
        switch (value.getNodeType()) {
            case NULL, MISSING -> tag(Packed.NULL);
            case BOOLEAN -> tag(value.booleanValue() ? Packed.TRUE : Packed.FALSE);
            case STRING -> text(value.textValue(), pool);
            case NUMBER -> sized(Packed.NUMBER, value.asText().getBytes(StandardCharsets.US_ASCII));
            case ARRAY -> array(value, pool);
            case OBJECT -> object(value);
            default -> text(value.asText(), pool);
        }
    }

    /** The shape of an object: mostly one that was met lately. */
    Shape shape(JsonNode object) {
        Iterator<String> names = object.fieldNames();
        int place = (names.hasNext() ? names.next().hashCode() + object.size() : 0) & LATELY - 1;
        Shape known = met[place];
        if (known == null || !known.fits(object)) {
            List<String> all = new ArrayList<>(object.size());
            object.fieldNames().forEachRemaining(all::add);
            known = Shape.of(all);
            met[place] = known;
        }
        return known;
    }

    private void text(String text, @Nullable TextPool pool) {
        int known = pool == null ? -1 : pool.lately(text);
        if (known >= 0) {
            tag(Packed.POOLED);
            number(known);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        known = pool == null ? -1 : pool.number(text, encoded);
        if (known >= 0) {
            tag(Packed.POOLED);
            number(known);
            return;
        }
        Guid id = Guid.usual(text);
        if (id != null) {
            tag(Packed.GUID);
            eight(id.high());
            eight(id.low());
            return;
        }
        if (!clean(encoded)) {
            sized(Packed.ESCAPED, encoded);
        } else if (encoded.length < Packed.LONG_TEXT) {
            tag(Packed.SHORT_TEXT + encoded.length);
            copy(encoded, 0, encoded.length);
        } else {
            sized(Packed.TEXT, encoded);
        }
    }

    private static boolean clean(byte[] text) {
        for (byte b : text) {
            if (b >= 0 && b < ' ' || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private void array(JsonNode array, @Nullable TextPool pool) {
        if (array.isEmpty()) {
            tag(Packed.EMPTY_ARRAY);
            return;
        }
        tag(Packed.ARRAY);
        int from = size;
        for (JsonNode item : array) {
            value(item, pool);
        }
        insert(from, array.size());
    }

    private void object(JsonNode object) {
        if (object.isEmpty()) {
            tag(Packed.EMPTY_OBJECT);
            return;
        }
        Shape shape = shape(object);
        if (shape.number() < 0) {
            sized(Packed.RAW, Json.bytes(object));
            return;
        }
        tag(Packed.OBJECT);
        int from = size;
        int position = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            value(member.getValue(), shape.pool(position++));
        }
        insert(from, shape.number());
    }

    /** Puts a number and the length of what follows before it. */
    private void insert(int from, int number) {
        int length = size - from;
        int head = width(number) + width(length);
        room(head);
        System.arraycopy(bytes, from, bytes, from + head, length);
        size = from;
        number(number);
        number(length);
        size += length;
    }

    private void sized(int tag, byte[] content) {
        tag(tag);
        number(content.length);
        copy(content, 0, content.length);
    }

    private void tag(int tag) {
        room(1);
        bytes[size++] = (byte) tag;
    }

    private void eight(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private static int width(int number) {
        return number < 1 << 7 ? 1 : number < 1 << 14 ? 2 : number < 1 << 21 ? 3 : number < 1 << 28 ? 4 : 5;
    }

    private void number(int number) {
        room(5);
        int rest = number;
        while (rest >= 1 << 7) {
            bytes[size++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
