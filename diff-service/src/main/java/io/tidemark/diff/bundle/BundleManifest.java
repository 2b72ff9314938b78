package io.tidemark.diff.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle holds. It is signed and written last: a bundle without it is none.
 *
 * @param format {@link #FORMAT}
 * @param tenantId the tenant
 * @param snapshot the snapshot
 * @param types count and digest of every type
 * @param files the files, in order
 * @param compression how the lines are compressed: {@code gzip}
 * @param encryption how the files are encrypted; null if they are not
 * @param signature how this text is signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BundleManifest(
        String format,
        String tenantId,
        SnapshotPart snapshot,
        List<TypePart> types,
        List<FilePart> files,
        String compression,
        @Nullable EncryptionPart encryption,
        SignaturePart signature) {

    static final String FORMAT = "tidemark-bundle/1";
    static final String GZIP = "gzip";
    static final String FILE = "manifest.json";
    static final String SIGNATURE_FILE = "manifest.json.sig";

    BundleManifest {
        types = types == null ? List.of() : List.copyOf(types);
        files = files == null ? List.of() : List.copyOf(files);
    }

    /** The snapshot that a bundle holds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SnapshotPart(
            String id,
            CaptureMode mode,
            @Nullable String label,
            boolean pinned,
            Instant startedAt,
            Instant instant,
            Instant sealedAt,
            List<String> suspect,
            @Nullable AcceptancePart accepted) {
        SnapshotPart {
            suspect = suspect == null ? List.of() : List.copyOf(suspect);
        }
    }

    /** Who took a suspect snapshot to be good before the bundle was written, why and when. */
    record AcceptancePart(String by, String reason, Instant at) {}

    /**
     * One type.
     *
     * @param outcome whether the capture read all of it
     * @param reading how and when it did; null if it did not, or it is not known
     * @param present how many are present
     * @param digest {@code SetDigest.hex()} over key and hash of all that are present
     * @param inRecycleBin how many lines are of what is in the recycle bin
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TypePart(
            String type,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Reading reading,
            long present,
            String digest,
            long inRecycleBin) {}

    /**
     * One file.
     *
     * @param sha256 of the file as it is stored
     * @param contentSha256 of the lines, decrypted and unpacked
     */
    record FilePart(
            String name, String type, long lines, long bytes, String sha256, long contentBytes, String contentSha256) {}

    /** How files are encrypted, and with which key. */
    record EncryptionPart(String scheme, String keyId) {
        static final String SCHEME = "AES-256-GCM, nonce(12) || ciphertext || tag(16), file name as additional data";
    }

    /** How the manifest is signed, and with which key. */
    record SignaturePart(String algorithm, String keyId, String file) {
        static final String ED25519 = "Ed25519";
    }

    byte[] bytes() {
        try {
            return (MessageCodec.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("manifest cannot be written", e);
        }
    }

    /** Reads what {@link #bytes} wrote, and refuses what it cannot have written. */
    static BundleManifest parse(byte[] bytes) {
        BundleManifest read;
        try {
            read = MessageCodec.mapper().readValue(bytes, BundleManifest.class);
        } catch (IOException e) {
            throw new BundleException(FILE + " is no manifest", e);
        }
        if (read == null || !FORMAT.equals(read.format())) {
            throw new BundleException(FILE + " is not of format " + FORMAT);
        }
        if (read.snapshot() == null || read.signature() == null || !GZIP.equals(read.compression())) {
            throw new BundleException(FILE + " lacks its snapshot, signature or compression");
        }
        if (read.encryption() != null
                && !EncryptionPart.SCHEME.equals(read.encryption().scheme())) {
            throw new BundleException(FILE + " names an encryption that is not known");
        }
        return read;
    }
}
