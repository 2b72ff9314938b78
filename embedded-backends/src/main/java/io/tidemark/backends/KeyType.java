package io.tidemark.backends;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** How the store keeps and orders the {@code _id} of a document: as MongoDB orders values. */
final class KeyType extends BasicDataType<Object> {
    static final KeyType INSTANCE = new KeyType();

    private static final byte MISSING = 0;
    private static final byte TEXT = 1;
    private static final byte UUID_BITS = 2;
    private static final byte BSON = 3;
    private static final String WRAPPED = "v";
    private static final int OBJECT_OVERHEAD = 56;

    private KeyType() {}

    @Override
    public int compare(Object left, Object right) {
        if (left instanceof String leftText && right instanceof String rightText) {
            return leftText.compareTo(rightText);
        }
        return ValueComparator.asc().compare(left, right);
    }

    @Override
    public int getMemory(Object key) {
        return OBJECT_OVERHEAD + (key instanceof String text ? text.length() : OBJECT_OVERHEAD);
    }

    @Override
    public void write(WriteBuffer buffer, Object key) {
        if (key instanceof Missing) {
            buffer.put(MISSING);
        } else if (key instanceof String text) {
            buffer.put(TEXT);
            putBytes(buffer, text.getBytes(StandardCharsets.UTF_8));
        } else if (key instanceof UUID uuid) {
            buffer.put(UUID_BITS).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        } else {
            buffer.put(BSON);
            putBytes(buffer, DocumentBytes.of(new Document(WRAPPED, key)));
        }
    }

    @Override
    public Object read(ByteBuffer buffer) {
        byte kind = buffer.get();
        return switch (kind) {
            case MISSING -> Missing.getInstance();
            case TEXT -> new String(takeBytes(buffer), StandardCharsets.UTF_8);
            case UUID_BITS -> new UUID(buffer.getLong(), buffer.getLong());
            case BSON ->
                Missing.ofNullable(DocumentBytes.parse(takeBytes(buffer)).get(WRAPPED));
            default -> throw new BackendException("the database file holds a key of unknown kind " + kind);
        };
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }

    private static void putBytes(WriteBuffer buffer, byte[] bytes) {
        buffer.putVarInt(bytes.length).put(bytes);
    }

    private static byte[] takeBytes(ByteBuffer buffer) {
        var bytes = new byte[DataUtils.readVarInt(buffer)];
        buffer.get(bytes);
        return bytes;
    }
}
