package io.tidemark.simulator.tenant;

import java.util.UUID;

/** Security identifiers, which the directory derives from ids. */
public final class SecurityIds {

    private SecurityIds() {}

    public static String of(String id) {
        UUID uuid = UUID.fromString(id);
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        return "S-1-12-1-" + (high >>> 32) + "-" + (high & 0xffffffffL) + "-" + (low >>> 32) + "-"
                + (low & 0xffffffffL);
    }
}
