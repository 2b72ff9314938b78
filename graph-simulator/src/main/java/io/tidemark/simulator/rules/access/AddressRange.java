package io.tidemark.simulator.rules.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A range of addresses in the notation of prefix and length. */
final class AddressRange {

    private static final int BYTE = 8;

    private AddressRange() {}

    /** Whether a range holds an address. */
    static boolean holds(String range, String address) {
        int slash = range.indexOf('/');
        byte[] prefix = slash < 0 ? null : bytes(range.substring(0, slash));
        byte[] given = bytes(address);
        if (prefix == null || given == null || prefix.length != given.length) {
            return false;
        }
        int length;
        try {
            length = Integer.parseInt(range.substring(slash + 1));
        } catch (NumberFormatException malformed) {
            return false;
        }
        for (int bit = 0; bit < Math.min(length, given.length * BYTE); bit++) {
            int mask = 0x80 >>> (bit % BYTE);
            if ((prefix[bit / BYTE] & mask) != (given[bit / BYTE] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] bytes(String address) {
        if (!address.matches("[0-9a-fA-F:.]+")) {
            return null;
        }
        try {
            // A literal address is not looked up.
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
