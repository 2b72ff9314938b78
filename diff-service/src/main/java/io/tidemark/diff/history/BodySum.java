package io.tidemark.diff.history;

import io.tidemark.directory.canonical.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Digest of a stored text, byte for byte: unlike a state's hash it does not depend on how the property catalogue reads the text. */
public final class BodySum {

    private static final int BYTES = 16;

    private BodySum() {}

    /** The first 32 hexadecimal digits of SHA-256 over the UTF-8 text. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #of(String)}, over the text's UTF-8 bytes. */
    static String of(byte[] text) {
        return HexFormat.of().formatHex(ContentHash.sha256(text), 0, BYTES);
    }
}
