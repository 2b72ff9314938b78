package io.tidemark.directory.canonical;

import io.tidemark.directory.StateKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Digest of a set of states that does not depend on their order, and from which a state can be taken out again: the sum, modulo
 * 2<sup>256</sup>, of SHA-256 over {@code type|id|hash}. It finds what was lost, added or altered by accident or by one who cannot choose
 * many contents freely; it is not a signature.
 *
 * @param count how many states went in
 * @param sum the sum of their hashes
 */
public record SetDigest(long count, BigInteger sum) {

    // Before EMPTY, whose making needs it.
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    public static final SetDigest EMPTY = new SetDigest(0, BigInteger.ZERO);

    private static final int HEX = 16;

    public SetDigest {
        sum = sum.mod(MODULUS);
    }

    /** This set and one state more. */
    public SetDigest plus(StateKey key, ContentHash hash) {
        return new SetDigest(count + 1, sum.add(term(key, hash)));
    }

    /** This set without one state that it holds. */
    public SetDigest minus(StateKey key, ContentHash hash) {
        return new SetDigest(count - 1, sum.subtract(term(key, hash)));
    }

    /** Both sets together. */
    public SetDigest plus(SetDigest other) {
        return new SetDigest(count + other.count, sum.add(other.sum));
    }

    /** The sum as 64 hexadecimal digits. */
    public String hex() {
        String digits = sum.toString(HEX);
        return "0".repeat(64 - digits.length()) + digits;
    }

    /** Reads what {@link #count()} and {@link #hex()} wrote. */
    public static SetDigest parse(long count, String hex) {
        return new SetDigest(count, new BigInteger(hex, HEX));
    }

    /** What one state adds to the sum, highest byte first. */
    static byte[] termOf(StateKey key, ContentHash hash) {
        String text = key.type() + "|" + key.id() + "|" + hash.hex();
        return ContentHash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BigInteger term(StateKey key, ContentHash hash) {
        return new BigInteger(1, termOf(key, hash));
    }
}
