package io.tidemark.diff.bundle;

import io.tidemark.diff.bundle.BundleManifest.FilePart;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Writes the lines of one file of a bundle to a local file. */
final class PartWriter implements AutoCloseable {

    private final Path local;
    private final String name;
    private final String type;
    private final Measured stored;
    private final Measured content;
    private long lines;

    PartWriter(Path local, String name, String type, @Nullable SecretKey key) throws IOException {
        this.local = local;
        this.name = name;
        this.type = type;
        this.stored = new Measured(new BufferedOutputStream(Files.newOutputStream(local)));
        OutputStream packed = key == null ? stored : Cipherment.encrypting(stored, key, name);
        this.content = new Measured(new GZIPOutputStream(packed, 64 * 1024));
    }

    String type() {
        return type;
    }

    Path local() {
        return local;
    }

    long contentBytes() {
        return content.bytes;
    }

    void line(String line) throws IOException {
        content.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        lines++;
    }

    /** Closes the file and says what is in it. */
    FilePart finish() throws IOException {
        content.close();
        return new FilePart(name, type, lines, stored.bytes, stored.hex(), content.bytes, content.hex());
    }

    @Override
    public void close() throws IOException {
        content.close();
        Files.deleteIfExists(local);
    }

    /** Counts and digests what passes. */
    private static final class Measured extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest = Sha256.digest();
        private long bytes;
        private boolean closed;

        Measured(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] some, int from, int length) throws IOException {
            out.write(some, from, length);
            digest.update(some, from, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                out.close();
            }
        }

        String hex() {
            return Sha256.hex(digest);
        }
    }
}
