package io.tidemark.directory.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * JSON text in UTF-8 while it grows, to the byte as Jackson's generator writes it. Captures write millions of short texts, and making a
 * generator costs more than each of them.
 */
public final class JsonBytes {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    /** So many bytes at most for one character. */
    private static final int MOST_BYTES = 6;

    private byte[] bytes;
    private int length;

    /** Empty text with room for so many bytes, which grows when it is used up. */
    public JsonBytes(int room) {
        bytes = new byte[room];
    }

    /** Appends bytes as they are. */
    public JsonBytes raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Appends one ASCII character as it is. */
    public JsonBytes raw(char one) {
        room(1);
        bytes[length++] = (byte) one;
        return this;
    }

    /** Appends a text in quotes. */
    public JsonBytes string(String text) {
        int end = text.length();
        room(end + 2);
        byte[] into = bytes;
        int to = length;
        into[to++] = '"';
        int at = 0;
        while (at < end) {
            char c = text.charAt(at);
            if (!isPlain(c)) {
                break;
            }
            into[to++] = (byte) c;
            at++;
        }
        length = to;
        while (at < end) {
            character(text.charAt(at++));
        }
        return raw('"');
    }

    /** Appends a value, object members in their order. */
    public JsonBytes value(JsonValue value) {
        if (value instanceof JsonString string) {
            return string(string.value());
        } else if (value instanceof JsonNull) {
            return raw(NULL);
        } else if (value instanceof JsonBoolean bool) {
            return raw(bool.value() ? TRUE : FALSE);
        } else if (value instanceof JsonNumber number) {
            return raw(number.text().getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof JsonArray array) {
            return array(array);
        } else if (value instanceof JsonObject object) {
            return object(object);
        }
        return this;
    }

    /** All that was appended. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** All that was appended, uncopied: it holds until more is appended. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private JsonBytes array(JsonArray array) {
        raw('[');
        boolean first = true;
        for (JsonValue element : array.elements()) {
            if (!first) {
                raw(',');
            }
            first = false;
            value(element);
        }
        return raw(']');
    }

    private JsonBytes object(JsonObject object) {
        raw('{');
        boolean first = true;
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!first) {
                raw(',');
            }
            first = false;
            string(member.getKey()).raw(':').value(member.getValue());
        }
        return raw('}');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    }

    private void character(char c) {
        room(MOST_BYTES);
        if (isPlain(c)) {
            bytes[length++] = (byte) c;
        } else if (c < 0x80) {
            escaped(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else if (Character.isSurrogate(c)) {
            numbered(c);
        } else {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        }
    }

    private void escaped(char c) {
        char letter = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 0;
        };
        if (letter == 0) {
            numbered(c);
        } else {
            bytes[length++] = '\\';
            bytes[length++] = (byte) letter;
        }
    }

    private void numbered(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xf];
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
