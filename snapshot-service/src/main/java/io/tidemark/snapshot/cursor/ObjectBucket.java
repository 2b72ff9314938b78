package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Some objects, packed into one array exactly as they are stored. */
final class ObjectBucket implements Bucket {

    private static final int HASH_BYTES = 32;
    private static final int PRESENCE_MASK = 0x0f;
    private static final int SEEN = 0x80;
    private static final int ROOM = 256;
    private static final HexFormat HEX = HexFormat.of();

    private byte[] bytes;
    private int length;
    private boolean changed;

    ObjectBucket(byte[] stored) {
        this.bytes = stored;
        this.length = stored.length;
    }

    @Override
    public int find(byte[] key) {
        for (int at = 0; at < length; at += entryLength(at)) {
            if (at + 1 + key.length <= length
                    && Arrays.equals(bytes, at + 1, at + 1 + key.length, key, 0, key.length)
                    && keyLength(at) == key.length) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public Presence presence(int at) {
        return Presence.of(bytes[at] & PRESENCE_MASK);
    }

    @Override
    public @Nullable ContentHash hash(int at) {
        if (presence(at) != Presence.PRESENT) {
            return null;
        }
        int from = at + 1 + keyLength(at);
        return new ContentHash(HEX.formatHex(bytes, from, from + HASH_BYTES));
    }

    @Override
    public StateKey key(String type, int at) {
        return new StateKey(type, PackedKey.id(bytes, at + 1));
    }

    @Override
    public boolean isSeen(int at) {
        return (bytes[at] & SEEN) != 0;
    }

    @Override
    public void see(int at) {
        bytes[at] |= (byte) SEEN;
    }

    @Override
    public void forgetSeen() {
        for (int at = 0; at < length; at += entryLength(at)) {
            bytes[at] &= PRESENCE_MASK;
        }
    }

    @Override
    public int put(byte[] key, int found, Known known) {
        boolean seen = found >= 0 && isSeen(found);
        if (found >= 0) {
            remove(found);
        }
        ContentHash hash = known.hash();
        int size = 1 + key.length + (hash == null ? 0 : HASH_BYTES);
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + size + Math.max(ROOM, length / 8));
        }
        bytes[length] = (byte) (known.presence().ordinal() | (seen ? SEEN : 0));
        System.arraycopy(key, 0, bytes, length + 1, key.length);
        if (hash != null) {
            System.arraycopy(HEX.parseHex(hash.hex()), 0, bytes, length + 1 + key.length, HASH_BYTES);
        }
        int at = length;
        length += size;
        changed = true;
        return at;
    }

    @Override
    public void remove(int at) {
        int size = entryLength(at);
        System.arraycopy(bytes, at + size, bytes, at, length - at - size);
        length -= size;
        changed = true;
    }

    @Override
    public void forEach(IntConsumer position) {
        for (int at = 0; at < length; at += entryLength(at)) {
            position.accept(at);
        }
    }

    @Override
    public boolean isChanged() {
        return changed;
    }

    @Override
    public void saved() {
        changed = false;
    }

    @Override
    public byte[] stored() {
        byte[] stored = Arrays.copyOf(bytes, length);
        new ObjectBucket(stored).forgetSeen();
        return stored;
    }

    private int keyLength(int at) {
        return PackedKey.idLength(bytes, at + 1);
    }

    private int entryLength(int at) {
        boolean hashed = (bytes[at] & PRESENCE_MASK) == Presence.PRESENT.ordinal();
        return 1 + keyLength(at) + (hashed ? HASH_BYTES : 0);
    }
}
