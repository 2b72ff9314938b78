package io.tidemark.diff.bundle;

import io.tidemark.diff.bundle.BundleManifest.FilePart;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Reads one file of a bundle, and names what is not as it was written. */
final class PartReader {

    private static final int BUFFER = 64 * 1024;

    private final Path local;
    private final FilePart part;
    private final @Nullable SecretKey key;

    PartReader(Path local, FilePart part, @Nullable SecretKey key) {
        this.local = local;
        this.part = part;
        this.key = key;
    }

    /**
     * Hands over every line.
     *
     * @throws BundleException if the file is not as the manifest says; then no line of it has been handed over, unless its content is not
     *     what the manifest says of it though the file is
     */
    void read(Consumer<StateLine> consumer) throws IOException {
        boolean asStored =
                Files.size(local) == part.bytes() && Sha256.hex(local).equals(part.sha256());
        // A file that is altered is read for nothing but to say where.
        Consumer<StateLine> taker = asStored ? consumer : line -> {};
        MessageDigest content = Sha256.digest();
        long lines = 0;
        try (BufferedReader reader = open()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                content.update((line + "\n").getBytes(StandardCharsets.UTF_8));
                accept(line, lines, taker);
            }
        } catch (IOException e) {
            throw new BundleException(part.name() + " is altered: it cannot be read beyond line " + lines, e);
        }
        if (lines != part.lines()) {
            throw new BundleException(
                    part.name() + " is altered: it has " + lines + " lines, the manifest says " + part.lines());
        }
        if (!asStored || !Sha256.hex(content).equals(part.contentSha256())) {
            throw new BundleException(part.name() + " is altered: its SHA-256 is not the one in the manifest");
        }
    }

    private void accept(String line, long number, Consumer<StateLine> consumer) {
        StateLine state;
        try {
            state = StateLine.parse(line);
        } catch (IllegalArgumentException e) {
            throw new BundleException(part.name() + " is altered: line " + number + " " + e.getMessage(), e);
        }
        if (!state.key().type().equals(part.type())) {
            throw new BundleException(part.name() + " is altered: line " + number + " is not of type " + part.type());
        }
        consumer.accept(state);
    }

    private BufferedReader open() throws IOException {
        InputStream in = key == null
                ? new BufferedInputStream(Files.newInputStream(local))
                : new ByteArrayInputStream(Cipherment.decrypted(Files.readAllBytes(local), key, part.name()));
        try {
            return new BufferedReader(new InputStreamReader(new GZIPInputStream(in, BUFFER), StandardCharsets.UTF_8));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
