package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ObjIntConsumer;

/**
 * Some keys of one type, packed into one array exactly as they are stored: per entry one byte of marks, the key, and the hash if the entry
 * is a present object. A link needs no hash, its key says all.
 */
final class Bucket {

    private static final int HASH_BYTES = 32;
    private static final int PRESENCE_MASK = 0x0f;
    private static final int SEEN = 0x80;
    private static final int ROOM = 256;
    private static final HexFormat HEX = HexFormat.of();

    private final boolean links;
    private byte[] bytes;
    private int length;
    private boolean changed;

    Bucket(boolean links, byte[] stored) {
        this.links = links;
        this.bytes = stored;
        this.length = stored.length;
    }

    /** Where the entry begins; negative if there is none. */
    int find(byte[] key) {
        for (int at = 0; at < length; at += entryLength(at)) {
            if (at + 1 + key.length <= length
                    && Arrays.equals(bytes, at + 1, at + 1 + key.length, key, 0, key.length)
                    && keyLength(at) == key.length) {
                return at;
            }
        }
        return -1;
    }

    Presence presence(int at) {
        return Presence.values()[bytes[at] & PRESENCE_MASK];
    }

    /** The hash of a present object. */
    ContentHash hash(int at) {
        int from = at + 1 + keyLength(at);
        return new ContentHash(HEX.formatHex(bytes, from, from + HASH_BYTES));
    }

    StateKey key(String type, int at) {
        String first = PackedKey.id(bytes, at + 1);
        if (!links) {
            return new StateKey(type, first);
        }
        return new StateKey(type, first + "~" + PackedKey.id(bytes, at + 1 + PackedKey.idLength(bytes, at + 1)));
    }

    boolean isSeen(int at) {
        return (bytes[at] & SEEN) != 0;
    }

    /** Marks an entry as met. Marks are not part of what is stored. */
    void see(int at) {
        bytes[at] |= (byte) SEEN;
    }

    void forgetSeen() {
        for (int at = 0; at < length; at += entryLength(at)) {
            bytes[at] &= PRESENCE_MASK;
        }
    }

    /** Puts an entry in place of the one of the same key, and keeps its mark. */
    void put(byte[] key, Known known) {
        int at = find(key);
        boolean seen = at >= 0 && isSeen(at);
        if (at >= 0) {
            remove(at);
        }
        ContentHash hash = links ? null : known.hash();
        int size = 1 + key.length + (hash == null ? 0 : HASH_BYTES);
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + size + Math.max(ROOM, length / 8));
        }
        bytes[length] = (byte) (known.presence().ordinal() | (seen ? SEEN : 0));
        System.arraycopy(key, 0, bytes, length + 1, key.length);
        if (hash != null) {
            System.arraycopy(HEX.parseHex(hash.hex()), 0, bytes, length + 1 + key.length, HASH_BYTES);
        }
        length += size;
        changed = true;
    }

    void remove(int at) {
        int size = entryLength(at);
        System.arraycopy(bytes, at + size, bytes, at, length - at - size);
        length -= size;
        changed = true;
    }

    void forEach(ObjIntConsumer<Bucket> entry) {
        for (int at = 0; at < length; at += entryLength(at)) {
            entry.accept(this, at);
        }
    }

    boolean isChanged() {
        return changed;
    }

    void saved() {
        changed = false;
    }

    /** What is to be stored. */
    byte[] stored() {
        byte[] stored = Arrays.copyOf(bytes, length);
        new Bucket(links, stored).forgetSeen();
        return stored;
    }

    private int keyLength(int at) {
        int first = PackedKey.idLength(bytes, at + 1);
        return links ? first + PackedKey.idLength(bytes, at + 1 + first) : first;
    }

    private int entryLength(int at) {
        boolean hashed = !links && presence(at) == Presence.PRESENT;
        return 1 + keyLength(at) + (hashed ? HASH_BYTES : 0);
    }
}
