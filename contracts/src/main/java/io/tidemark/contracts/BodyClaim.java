package io.tidemark.contracts;

import java.util.regex.Pattern;

/**
 * Stands for a body that is too large for a message. The snapshot service hands it out under this name.
 *
 * @param sha256 of the body's UTF-8 JSON text, 64 hexadecimal digits in lower case
 * @param bytes how long that text is
 */
public record BodyClaim(String sha256, long bytes) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public BodyClaim {
        if (sha256 == null || !HEX.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 of a body must be 64 hexadecimal digits");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("a body has at least one byte");
        }
    }
}
