package io.tidemark.contracts;

import io.tidemark.directory.canonical.ContentHash;
import java.util.regex.Pattern;

/**
 * Stands for a body that is too large for a message. The snapshot service hands it out under this name.
 *
 * @param sha256 of the body's UTF-8 JSON text, 64 hexadecimal digits in lower case
 * @param bytes how long that text is
 */
public record BodyClaim(String sha256, long bytes) {

    /** Larger bodies are claimed, so that no message comes near the broker's limit of one mebibyte. */
    static final int LARGEST_UNCLAIMED = 256 * 1024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public BodyClaim {
        if (sha256 == null || !HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 of a body must be 64 hexadecimal digits");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("a body has at least one byte");
        }
    }

    /** The claim on a body with this UTF-8 JSON text. */
    public static BodyClaim of(byte[] json) {
        return new BodyClaim(ContentHash.of(json).hex(), json.length);
    }
}
