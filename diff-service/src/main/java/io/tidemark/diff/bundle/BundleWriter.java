package io.tidemark.diff.bundle;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.bundle.BundleManifest.AcceptancePart;
import io.tidemark.diff.bundle.BundleManifest.EncryptionPart;
import io.tidemark.diff.bundle.BundleManifest.FilePart;
import io.tidemark.diff.bundle.BundleManifest.SignaturePart;
import io.tidemark.diff.bundle.BundleManifest.SnapshotPart;
import io.tidemark.diff.bundle.BundleManifest.TypePart;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.history.Version;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Writes one snapshot as a bundle, file by file; goes on after the last whole file if it was cut off. */
public final class BundleWriter {

    private static final int PAGE = 200;

    private final History history;
    private final SigningKeys signing;
    private final EncryptionKeys encryption;
    private final long partBytes;
    private final Path workFolder;

    /**
     * @param partBytes about how many bytes of lines a file holds
     * @param workFolder where a file is put together before it is sent
     */
    public BundleWriter(
            History history, SigningKeys signing, EncryptionKeys encryption, long partBytes, Path workFolder) {
        this.history = history;
        this.signing = signing;
        this.encryption = encryption;
        this.partBytes = partBytes;
        this.workFolder = workFolder;
    }

    /**
     * What was written.
     *
     * @param manifest the manifest's name in its place
     * @param manifestSha256 its digest; whoever keeps it elsewhere can tell a replaced bundle
     */
    public record Written(String manifest, String manifestSha256, int files, long lines, long bytes) {}

    /** Where an interrupted bundle goes on. */
    record Checkpoint(@Nullable String keyId, @Nullable String after, List<FilePart> files, List<TypeTally> types) {
        static final Checkpoint START = new Checkpoint(null, null, List.of(), List.of());
    }

    /** What has been written of one type. */
    record TypeTally(String type, long present, String digest, long inRecycleBin) {}

    /** Writes the bundle; the same snapshot is written once, however often it is asked for. */
    public Written write(Turn turn, Snapshot snapshot, BundlePlace place, @Nullable String keyId) {
        Instant instant = Objects.requireNonNull(snapshot.instant(), "a sealed snapshot has an instant");
        BundleName name = new BundleName(snapshot.tenant(), snapshot.id());
        try {
            Files.createDirectories(workFolder);
            Checkpoint from = checkpoint(turn, place, name, keyId);
            Run run = new Run(turn, snapshot, place, name, keyId, from);
            try {
                run.states(instant);
            } finally {
                run.discard();
            }
            return run.seal(instant);
        } catch (IOException e) {
            throw new InterruptedTaskException("bundle could not be put together in the work folder", e);
        }
    }

    /** Where to go on, if the files that were written are still there and are to be encrypted with the same key. */
    private static Checkpoint checkpoint(Turn turn, BundlePlace place, BundleName name, @Nullable String keyId)
            throws IOException {
        @Nullable String known = turn.task().checkpoint();
        if (known == null) {
            return Checkpoint.START;
        }
        Checkpoint read = TaskText.read(known, Checkpoint.class);
        boolean usable = Objects.equals(read.keyId(), keyId)
                && read.files().stream()
                        .allMatch(file -> place.holds(name.file(file.name()), file.bytes(), file.sha256()));
        return usable ? read : Checkpoint.START;
    }

    /** One attempt. */
    private final class Run {
        private final Turn turn;
        private final Snapshot snapshot;
        private final BundlePlace place;
        private final BundleName name;
        private final @Nullable String keyId;
        private final @Nullable SecretKey key;
        private final @Nullable String after;
        private final List<FilePart> files;
        private final Map<String, SetDigest> present = new TreeMap<>();
        private final Map<String, Long> deleted = new TreeMap<>();
        private @Nullable PartWriter part;
        private long lines;

        Run(Turn turn, Snapshot snapshot, BundlePlace place, BundleName name, @Nullable String keyId, Checkpoint from) {
            this.turn = turn;
            this.snapshot = snapshot;
            this.place = place;
            this.name = name;
            this.keyId = keyId;
            this.key = keyId == null ? null : encryption.key(keyId);
            this.after = from.after();
            this.files = new ArrayList<>(from.files());
            from.types().forEach(type -> {
                present.put(type.type(), SetDigest.parse(type.present(), type.digest()));
                deleted.put(type.type(), type.inRecycleBin());
            });
            this.lines = files.stream().mapToLong(FilePart::lines).sum();
        }

        void states(Instant instant) throws IOException {
            long expected = snapshot.counts().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            @Nullable StateKey last = after == null ? null : StateKey.parse(after);
            List<Span> page;
            do {
                page = history.page(snapshot.tenant(), last, PAGE, instant);
                for (Span span : page) {
                    Version version = span.before();
                    if (version != null && isKept(version)) {
                        state(span.key(), version, last);
                    }
                    last = span.key();
                }
                turn.progress(new Progress(lines, Math.max(lines, expected)));
            } while (page.size() == PAGE);
            finish(last);
        }

        /** What is gone for good is not part of the snapshot. */
        private static boolean isKept(Version version) {
            return version.isPresent() || version.mark().deleted() == Deletion.SOFT;
        }

        private void state(StateKey key, Version version, @Nullable StateKey before) throws IOException {
            if (part != null
                    && (part.contentBytes() >= partBytes || !part.type().equals(key.type()))) {
                finish(before);
            }
            if (part == null) {
                part = open(key.type());
            }
            part.line(StateLine.text(key, version));
            lines++;
            if (version.isPresent()) {
                ContentHash hash = new ContentHash(String.valueOf(version.mark().hash()));
                present.merge(key.type(), SetDigest.EMPTY.plus(key, hash), SetDigest::plus);
            } else {
                deleted.merge(key.type(), 1L, Long::sum);
            }
        }

        private PartWriter open(String type) throws IOException {
            long number =
                    files.stream().filter(file -> file.type().equals(type)).count() + 1;
            String file = String.format(
                    Locale.ROOT,
                    "states/%s-%05d.ndjson.gz%s",
                    BundleName.word(type),
                    number,
                    key == null ? "" : ".aes");
            return new PartWriter(
                    Files.createTempFile(workFolder, "bundle", ".part"), name.file(file), file, type, key);
        }

        private void finish(@Nullable StateKey upTo) throws IOException {
            if (part == null) {
                return;
            }
            try (PartWriter finished = part) {
                FilePart file = finished.finish();
                // Asks for the lease once more, so that a worker that has lost it writes over another one's files as
                // seldom as can be.
                turn.progress(turn.task().progress());
                place.put(name.file(file.name()), finished.local(), file.sha256());
                files.add(file);
            }
            part = null;
            turn.checkpoint(TaskText.of(new Checkpoint(keyId, upTo == null ? null : upTo.text(), files, tallies())));
        }

        void discard() throws IOException {
            if (part != null) {
                part.close();
                part = null;
            }
        }

        private List<TypeTally> tallies() {
            List<TypeTally> tallies = new ArrayList<>();
            for (String type : types()) {
                SetDigest sum = present.getOrDefault(type, SetDigest.EMPTY);
                tallies.add(new TypeTally(type, sum.count(), sum.hex(), deleted.getOrDefault(type, 0L)));
            }
            return tallies;
        }

        private TreeSet<String> types() {
            TreeSet<String> types = new TreeSet<>(present.keySet());
            types.addAll(deleted.keySet());
            return types;
        }

        /** Signs what was written, signature first and the manifest last. */
        Written seal(Instant instant) throws IOException {
            BundleManifest manifest = new BundleManifest(
                    BundleManifest.FORMAT,
                    snapshot.tenant().toString(),
                    new SnapshotPart(
                            snapshot.id(),
                            snapshot.capture().mode(),
                            snapshot.remarks().label(),
                            snapshot.remarks().pinned(),
                            snapshot.capture().startedAt(),
                            instant,
                            Objects.requireNonNull(snapshot.sealedAt(), "a sealed snapshot has been sealed"),
                            snapshot.suspect(),
                            accepted()),
                    typeParts(),
                    files,
                    BundleManifest.GZIP,
                    keyId == null ? null : new EncryptionPart(EncryptionPart.SCHEME, keyId),
                    new SignaturePart(SignaturePart.ED25519, signing.signer(), BundleManifest.SIGNATURE_FILE));
            byte[] text = manifest.bytes();
            put(BundleManifest.SIGNATURE_FILE, signing.sign(text));
            put(BundleManifest.FILE, text);
            return new Written(
                    name.file(BundleManifest.FILE),
                    Sha256.hex(text),
                    files.size(),
                    lines,
                    files.stream().mapToLong(FilePart::bytes).sum());
        }

        private @Nullable AcceptancePart accepted() {
            Acceptance accepted = snapshot.remarks().accepted();
            return accepted == null ? null : new AcceptancePart(accepted.by(), accepted.reason(), accepted.at());
        }

        private void put(String file, byte[] content) throws IOException {
            Path local = Files.createTempFile(workFolder, "bundle", ".part");
            try {
                Files.write(local, content);
                place.put(name.file(file), local, Sha256.hex(content));
            } finally {
                Files.deleteIfExists(local);
            }
        }

        /** What the capture said of each type; refuses a snapshot whose stored states are no longer what was sealed. */
        private List<TypePart> typeParts() {
            Map<String, TypePart> parts = new TreeMap<>();
            for (TypeTally tally : tallies()) {
                parts.put(
                        tally.type(),
                        new TypePart(
                                tally.type(),
                                Outcome.COMPLETE,
                                null,
                                null,
                                tally.present(),
                                tally.digest(),
                                tally.inRecycleBin()));
            }
            for (TypeCount type : snapshot.capture().types()) {
                SetDigest sum = present.getOrDefault(type.type(), SetDigest.EMPTY);
                boolean other = sum.count() != type.present()
                        || sum.count() > 0 && !sum.hex().equals(type.presentDigest());
                if (type.outcome().isAccountedFor() && other) {
                    throw new TaskException("snapshot " + snapshot.id() + " is not as it was sealed: type "
                            + type.type() + " has " + sum.count() + " of " + type.present()
                            + " or other contents; verify it");
                }
                parts.put(
                        type.type(),
                        new TypePart(
                                type.type(),
                                type.outcome(),
                                type.reason(),
                                type.reading(),
                                sum.count(),
                                sum.hex(),
                                deleted.getOrDefault(type.type(), 0L)));
            }
            return List.copyOf(parts.values());
        }
    }
}
