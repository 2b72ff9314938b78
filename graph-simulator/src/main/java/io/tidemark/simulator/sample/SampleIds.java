package io.tidemark.simulator.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.UUID;

/** The ids of everything in a made-up tenant: a function of the seed, so that none has to be remembered. */
final class SampleIds {

    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final long seed;

    SampleIds(long seed) {
        this.seed = seed;
    }

    String user(long index) {
        return id("user", index);
    }

    String group(long index) {
        return id("group", index);
    }

    String application(long index) {
        return id("application", index);
    }

    String appId(long index) {
        return id("appId", index);
    }

    String servicePrincipal(long index) {
        return id("servicePrincipal", index);
    }

    /** A random-looking version 4 GUID. */
    String id(String stream, long index) {
        var dice = new Dice(seed, stream, index);
        var high = (dice.next() & ~0xF000L) | 0x4000L;
        var low = (dice.next() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** An opaque id as Graph forms it for a relation of two objects. */
    static String ofPair(String first, String second) {
        var bytes = ByteBuffer.allocate(32).put(littleEndian(first)).put(littleEndian(second));
        return BASE64_URL.encodeToString(bytes.array());
    }

    /** The security identifier that Entra derives from an object id. */
    static String securityIdentifier(String objectId) {
        // Its parts are the bytes that Windows stores, read four at a time from the least on.
        var uuid = UUID.fromString(objectId);
        var high = uuid.getMostSignificantBits();
        var low = uuid.getLeastSignificantBits();
        var parts = new int[] {
            (int) (high >>> 32),
            (int) high << 16 | (int) (high >>> 16) & 0xffff,
            Integer.reverseBytes((int) (low >>> 32)),
            Integer.reverseBytes((int) low)
        };
        var sid = new StringBuilder(60).append("S-1-12-1");
        for (var part : parts) {
            sid.append('-').append(Integer.toUnsignedLong(part));
        }
        return sid.toString();
    }

    /** The bytes of a GUID as Windows stores them: the first three fields turned around. */
    static byte[] littleEndian(String guid) {
        var uuid = UUID.fromString(guid);
        var high = uuid.getMostSignificantBits();
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
