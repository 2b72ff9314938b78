package io.tidemark.diff.verify;

import io.tidemark.directory.StateKey;
import java.util.zip.CRC32C;

/**
 * How a snapshot is to be verified.
 *
 * @param level how closely
 * @param share which part of the texts a sample takes, above 0 and up to 1
 * @param seed decides which texts a sample takes
 */
public record VerifyOrder(Level level, double share, long seed) {

    private static final double RANGE = 1L << 32;

    public VerifyOrder {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("'share' must be above 0 and at most 1");
        }
    }

    /** Whether every text is read. */
    boolean takesEverything() {
        return level == Level.EVERY_BYTE;
    }

    /** Whether this key's text is read. */
    boolean takes(StateKey key) {
        return switch (level) {
            case STRUCTURE -> false;
            case EVERY_BYTE -> true;
            case SAMPLE -> {
                CRC32C hash = new CRC32C();
                byte[] text = (seed + "|" + key.text()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                hash.update(text, 0, text.length);
                yield hash.getValue() < share * RANGE;
            }
        };
    }
}
