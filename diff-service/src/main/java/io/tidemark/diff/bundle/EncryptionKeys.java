package io.tidemark.diff.bundle;

import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 keys in files, 64 hexadecimal digits or 32 bytes each, by key id; old ones stay listed so that old bundles can be read. */
public final class EncryptionKeys {

    private static final int BYTES = 32;

    private final Map<String, Path> files;

    public EncryptionKeys(Map<String, Path> files) {
        this.files = Map.copyOf(files);
    }

    /** Tries every key, so that a wrong file is found before it is needed. */
    public void check() {
        files.keySet().forEach(id -> {
            SecretKey unused = key(id);
        });
    }

    SecretKey key(String id) {
        Path file = files.get(id);
        if (file == null) {
            throw new TaskException("encryption key '" + id + "' is not configured");
        }
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InterruptedTaskException("file of encryption key '" + id + "' cannot be read", e);
        }
        if (content.length == BYTES) {
            return new SecretKeySpec(content, "AES");
        }
        String text = new String(content, StandardCharsets.US_ASCII).strip();
        if (text.length() == 2 * BYTES && text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            return new SecretKeySpec(HexFormat.of().parseHex(text), "AES");
        }
        throw new TaskException("file of encryption key '" + id + "' holds neither 64 hexadecimal digits nor 32 bytes");
    }
}
