package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Keys in few bytes: an id that is a GUID in its usual spelling takes 17 bytes, any other id its text and three bytes more. A link's key is
 * its source followed by its target.
 */
final class PackedKey {

    private static final byte GUID = 0;
    private static final byte TEXT = 1;
    private static final int GUID_LENGTH = 36;
    private static final int GUID_BYTES = 16;
    private static final int PACKED_GUID = 1 + GUID_BYTES;
    static final char BETWEEN_ENDS = '~';

    private PackedKey() {}

    static byte[] pack(StateKey key) {
        String id = key.id();
        int between = key.isLink() ? id.indexOf(BETWEEN_ENDS) : -1;
        if (between < 0) {
            return packId(id);
        }
        byte[] both = new byte[2 * PACKED_GUID];
        if (packGuid(id, 0, between, both, 0) && packGuid(id, between + 1, id.length(), both, PACKED_GUID)) {
            return both;
        }
        byte[] source = packId(id.substring(0, between));
        byte[] target = packId(id.substring(between + 1));
        both = Arrays.copyOf(source, source.length + target.length);
        System.arraycopy(target, 0, both, source.length, target.length);
        return both;
    }

    static byte[] packId(String id) {
        byte[] guid = new byte[PACKED_GUID];
        if (packGuid(id, 0, id.length(), guid, 0)) {
            return guid;
        }
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Short.BYTES + text.length)
                .put(TEXT)
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    /** Packs what stands there if it is a GUID in its usual spelling, and says whether it is. */
    private static boolean packGuid(String text, int from, int to, byte[] into, int at) {
        if (to - from != GUID_LENGTH) {
            return false;
        }
        into[at] = GUID;
        int next = at + 1;
        for (int i = 0; i < GUID_LENGTH; i++) {
            char c = text.charAt(from + i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return false;
                }
                continue;
            }
            int high = digit(c);
            int low = digit(text.charAt(from + ++i));
            if ((high | low) < 0) {
                return false;
            }
            into[next++] = (byte) (high << 4 | low);
        }
        return true;
    }

    /** What a lower-case hexadecimal digit is worth; negative if it is none. */
    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** How many bytes the id that begins there takes. */
    static int idLength(byte[] bytes, int at) {
        if (bytes[at] == GUID) {
            return 1 + GUID_BYTES;
        }
        return 1 + Short.BYTES + ((bytes[at + 1] & 0xff) << Byte.SIZE | bytes[at + 2] & 0xff);
    }

    /** The id that begins there. */
    static String id(byte[] bytes, int at) {
        if (bytes[at] == GUID) {
            ByteBuffer guid = ByteBuffer.wrap(bytes, at + 1, GUID_BYTES);
            return new UUID(guid.getLong(), guid.getLong()).toString();
        }
        int length = idLength(bytes, at);
        return new String(bytes, at + 1 + Short.BYTES, length - 1 - Short.BYTES, StandardCharsets.UTF_8);
    }

    /** The same on every machine and in every version: it decides where a key is stored. */
    static int spread(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
