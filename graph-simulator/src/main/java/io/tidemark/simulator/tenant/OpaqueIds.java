package io.tidemark.simulator.tenant;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Ids that are not GUIDs but hide some. */
public final class OpaqueIds {

    private OpaqueIds() {}

    public static String of(String... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(parts.length * 16);
        for (String part : parts) {
            UUID uuid = ValueCheck.guid(part)
                    ? UUID.fromString(part)
                    : UUID.nameUUIDFromBytes(part.getBytes(StandardCharsets.UTF_8));
            bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
