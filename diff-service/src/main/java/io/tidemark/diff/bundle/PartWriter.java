package io.tidemark.diff.bundle;

import io.tidemark.diff.bundle.BundleManifest.FilePart;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
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

    private static final int BUFFER = 64 * 1024;

    private final Path local;
    private final String name;
    private final String type;
    private final Measured stored;
    private final @Nullable Sealing sealing;
    private final Measured content;
    private long lines;

    /**
     * @param place where the file goes, tenant and snapshot included
     * @param name its name as in the manifest
     * @param key what it is encrypted with; null if it is not
     */
    PartWriter(Path local, String place, String name, String type, @Nullable SecretKey key) throws IOException {
        this.local = local;
        this.name = name;
        this.type = type;
        this.stored = new Measured(new BufferedOutputStream(Files.newOutputStream(local)));
        this.sealing = key == null ? null : new Sealing(key, place);
        this.content = new Measured(new GZIPOutputStream(sealing == null ? stored : sealing.packed, BUFFER));
    }

    /** Packed lines that are encrypted once all of them are known; they are as bounded as a file is. */
    private static final class Sealing {
        private final SecretKey key;
        private final String place;
        private final ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER);

        Sealing(SecretKey key, String place) {
            this.key = key;
            this.place = place;
        }
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
        if (sealing != null) {
            stored.write(Cipherment.encrypted(sealing.packed.toByteArray(), sealing.key, sealing.place, name));
            stored.close();
        }
        return new FilePart(name, type, lines, stored.bytes, stored.hex(), content.bytes, content.hex());
    }

    @Override
    public void close() throws IOException {
        content.close();
        stored.close();
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
