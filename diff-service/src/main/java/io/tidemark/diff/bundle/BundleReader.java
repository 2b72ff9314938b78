package io.tidemark.diff.bundle;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.bundle.BundleManifest.FilePart;
import io.tidemark.diff.bundle.BundleManifest.SnapshotPart;
import io.tidemark.diff.bundle.BundleManifest.TypePart;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Checks a bundle from its signature down to every line, and turns it back into the states that captures publish. */
public final class BundleReader {

    private final SigningKeys signing;
    private final EncryptionKeys encryption;
    private final Path workFolder;

    public BundleReader(SigningKeys signing, EncryptionKeys encryption, Path workFolder) {
        this.signing = signing;
        this.encryption = encryption;
        this.workFolder = workFolder;
    }

    /** A bundle whose manifest is trusted. */
    public final class Bundle {
        private final BundlePlace place;
        private final BundleName name;
        private final BundleManifest manifest;

        private Bundle(BundlePlace place, BundleName name, BundleManifest manifest) {
            this.place = place;
            this.name = name;
            this.manifest = manifest;
        }

        /** How many lines all files have together. */
        public long lines() {
            return manifest.files().stream().mapToLong(FilePart::lines).sum();
        }

        /**
         * Hands over every state, file by file.
         *
         * @throws BundleException at the first thing that is not as the manifest says
         */
        public void read(Consumer<ObjectState> consumer) {
            Map<String, SetDigest> present = new HashMap<>();
            Map<String, Long> deleted = new HashMap<>();
            @Nullable
            SecretKey key = manifest.encryption() == null
                    ? null
                    : encryption.key(manifest.encryption().keyId());
            for (FilePart file : manifest.files()) {
                inLocalFile(local -> {
                    if (!place.fetch(name.file(file.name()), local)) {
                        throw new BundleException(file.name() + " is missing");
                    }
                    new PartReader(local, file, key).read(line -> {
                        String type = line.key().type();
                        if (line.hash() == null) {
                            deleted.merge(type, 1L, Long::sum);
                        } else {
                            SetDigest one = SetDigest.EMPTY.plus(line.key(), new ContentHash(line.hash()));
                            present.merge(type, one, SetDigest::plus);
                        }
                        consumer.accept(state(line));
                    });
                });
            }
            compare(present, deleted);
        }

        private void compare(Map<String, SetDigest> present, Map<String, Long> deleted) {
            Set<String> unnamed = new HashSet<>(present.keySet());
            unnamed.addAll(deleted.keySet());
            for (TypePart type : manifest.types()) {
                unnamed.remove(type.type());
                SetDigest sum = present.getOrDefault(type.type(), SetDigest.EMPTY);
                if (sum.count() != type.present()
                        || !sum.hex().equals(type.digest())
                        || deleted.getOrDefault(type.type(), 0L) != type.inRecycleBin()) {
                    throw new BundleException("type " + type.type() + " is not what " + BundleManifest.FILE + " says");
                }
            }
            if (!unnamed.isEmpty()) {
                throw new BundleException("type " + unnamed.iterator().next() + " is not in " + BundleManifest.FILE);
            }
        }

        private ObjectState state(StateLine line) {
            return new ObjectState(
                    manifest.tenantId(),
                    line.key().type(),
                    line.key().id(),
                    line.hash(),
                    manifest.snapshot().id(),
                    ObjectState.Source.FULL,
                    line.validFrom(),
                    line.deleted(),
                    line.body(),
                    line.causedBy());
        }

        /** Why the snapshot was suspect when it was sealed; empty if it was not. */
        public List<String> suspect() {
            return manifest.snapshot().suspect();
        }

        /** Who took the snapshot to be good although it was suspect, as far as that was said before the bundle was written. */
        public Optional<Acceptance> accepted() {
            return Optional.ofNullable(manifest.snapshot().accepted())
                    .filter(part -> part.by() != null && part.reason() != null && part.at() != null)
                    .map(part -> new Acceptance(part.by(), part.reason(), part.at()));
        }

        /** What a capture that had just read and published all this would say. */
        public CaptureReport report(Map<String, SetDigest> published) {
            SnapshotPart snapshot = manifest.snapshot();
            List<TypeCount> types = new ArrayList<>();
            for (TypePart type : manifest.types()) {
                SetDigest sent = published.getOrDefault(type.type(), SetDigest.EMPTY);
                types.add(new TypeCount(
                        type.type(),
                        type.outcome() == Outcome.FAILED ? Outcome.SKIPPED : type.outcome(),
                        type.reason(),
                        type.reading(),
                        type.present(),
                        type.digest(),
                        sent.count(),
                        sent.hex()));
            }
            return new CaptureReport(
                    manifest.tenantId(),
                    snapshot.id(),
                    CaptureMode.FULL,
                    snapshot.label(),
                    snapshot.pinned(),
                    snapshot.startedAt(),
                    snapshot.instant(),
                    types,
                    null);
        }
    }

    /**
     * Opens a bundle and checks who signed it.
     *
     * @throws BundleException if there is no whole bundle, or it is altered, or it is signed by nobody who is trusted
     */
    public Bundle open(BundlePlace place, TenantId tenant, String snapshot) {
        BundleName name = new BundleName(tenant, snapshot);
        byte[] text = content(place, name, BundleManifest.FILE);
        byte[] signature = content(place, name, BundleManifest.SIGNATURE_FILE);
        BundleManifest manifest = BundleManifest.parse(text);
        signing.verify(manifest.signature().keyId(), text, signature);
        if (!manifest.tenantId().equals(tenant.toString())
                || !manifest.snapshot().id().equals(snapshot)) {
            throw new BundleException(BundleManifest.FILE + " is of another tenant or snapshot than its folder");
        }
        return new Bundle(place, name, manifest);
    }

    private byte[] content(BundlePlace place, BundleName name, String file) {
        List<byte[]> content = new ArrayList<>();
        inLocalFile(local -> {
            if (!place.fetch(name.file(file), local)) {
                throw new BundleException("there is no whole bundle: " + file + " is missing");
            }
            content.add(Files.readAllBytes(local));
        });
        return content.get(0);
    }

    /** The snapshots of which a place has a bundle with a manifest, in order of name. */
    public static List<String> snapshots(BundlePlace place, TenantId tenant) {
        return place.manifests(BundleName.folder(tenant)).stream()
                .map(name -> name.split("/", -1))
                .filter(parts -> parts.length == 3)
                .map(parts -> java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8))
                .sorted()
                .toList();
    }

    private void inLocalFile(LocalWork work) {
        try {
            Files.createDirectories(workFolder);
            Path local = Files.createTempFile(workFolder, "bundle", ".part");
            try {
                work.with(local);
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new InterruptedTaskException("bundle could not be read into the work folder", e);
        }
    }

    /** Does something with a local file. */
    private interface LocalWork {
        void with(Path local) throws IOException;
    }
}
