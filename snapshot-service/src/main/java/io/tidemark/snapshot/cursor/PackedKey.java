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
    static final char BETWEEN_ENDS = '~';

    private PackedKey() {}

    static byte[] pack(StateKey key) {
        if (!key.isLink()) {
            return packId(key.id());
        }
        int at = key.id().indexOf(BETWEEN_ENDS);
        byte[] source = packId(key.id().substring(0, at));
        byte[] target = packId(key.id().substring(at + 1));
        byte[] both = Arrays.copyOf(source, source.length + target.length);
        System.arraycopy(target, 0, both, source.length, target.length);
        return both;
    }

    static byte[] packId(String id) {
        if (isGuid(id)) {
            UUID guid = UUID.fromString(id);
            return ByteBuffer.allocate(1 + GUID_BYTES)
                    .put(GUID)
                    .putLong(guid.getMostSignificantBits())
                    .putLong(guid.getLeastSignificantBits())
                    .array();
        }
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Short.BYTES + text.length)
                .put(TEXT)
                .putShort((short) text.length)
                .put(text)
                .array();
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

    private static boolean isGuid(String id) {
        if (id.length() != GUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < GUID_LENGTH; i++) {
            char c = id.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean fits = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
