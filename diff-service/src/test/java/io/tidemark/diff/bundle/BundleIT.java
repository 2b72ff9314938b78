package io.tidemark.diff.bundle;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles written, cut off, altered and read back. */
class BundleIT {

    private static final Instant T0 = SampleStates.START;
    private static final long SMALL_PARTS = 4000;
    private static final String USERS = "states/user-00001.ndjson.gz";

    @TempDir
    private Path temp;

    private final String database = Database.fresh();
    private final HistoryStore store = new MongoHistoryStore(Database.client(), database);
    private final History history = new History(store);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private TestKeys keys;
    private Path outside;
    private Snapshot snapshot;

    /** Fifty users, a group with members, one user in the recycle bin and one gone for good; later changes are not the snapshot's. */
    @BeforeEach
    void sealedSnapshot() {
        keys = TestKeys.in(temp.resolve("keys"));
        outside = temp.resolve("outside");
        states.capture("c0", T0.minusSeconds(600));
        states.user("u90", "Sales");
        states.user("u91", "Sales");
        store.apply(tenant, states.published());
        states.capture("c1", T0);
        for (int i = 10; i < 60; i++) {
            states.user("u" + i, "Vertrieb \u00fc \u2028 \\\"quoted\\\"");
        }
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\",\"ratio\":2.50,\"none\":null}");
        for (int i = 10; i < 30; i++) {
            states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u" + i), "user");
        }
        states.delete(new StateKey("user", "u90"), Deletion.SOFT);
        states.delete(new StateKey("user", "u91"), Deletion.HARD);
        store.apply(tenant, states.published());
        snapshot = states.sealed("c1", T0);
        states.capture("c2", T0.plusSeconds(3600));
        states.user("u10", "Legal");
        states.user("u99", "Legal");
        store.apply(tenant, states.published());
    }

    @Test
    void whatIsReadBackIsWhatTheSnapshotHolds() {
        write(place(), null);

        Map<StateKey, ObjectState> read = read(place());

        assertThat(read).hasSize(50 + 1 + 20 + 1).doesNotContainKey(new StateKey("user", "u99"));
        assertThat(read.get(new StateKey("user", "u90")).deleted()).isEqualTo(Deletion.SOFT);
        assertThat(read).doesNotContainKey(new StateKey("user", "u91"));
        read.forEach((key, state) -> {
            var version = history.spans(tenant, List.of(key), T0.plusSeconds(5), T0.plusSeconds(5))
                    .get(0)
                    .before();
            assertThat(state.observedAt()).isEqualTo(version.mark().at());
            assertThat(state.stateHash()).isEqualTo(version.mark().hash());
            if (state.body() != null) {
                assertThat(io.tidemark.directory.json.JsonText.text(state.body()))
                        .isEqualTo(version.body());
            }
        });
    }

    @Test
    void theReportOfABundleFitsItsStates() {
        write(place(), null);

        var report = new BundleReader(keys.signing(), keys.encryption(), temp)
                .open(place(), tenant, "c1")
                .report(Map.of());

        assertThat(report.types()).anySatisfy(type -> {
            assertThat(type.type()).isEqualTo("user");
            assertThat(type.present()).isEqualTo(50);
            assertThat(type.reading()).isNotNull();
            assertThat(type.reading().source()).isEqualTo(Source.FULL);
            assertThat(type.reading().endedAt()).isEqualTo(T0.plusSeconds(5));
        });
        assertThat(report.completedAt()).isEqualTo(T0.plusSeconds(5));
    }

    @Test
    void anExportThatIsCutOffAnywhereLeavesNoBundleAndGoesOnToTheSameFiles() {
        Path whole = temp.resolve("whole");
        write(new FolderPlace(whole), null);
        int puts = files(whole).size();
        assertThat(puts).isGreaterThan(6);

        for (int failing = 0; failing < puts; failing++) {
            Path cut = temp.resolve("cut" + failing);
            TestTurn turn = new TestTurn(tenant, "export", "c1");
            FailingPlace place = new FailingPlace(new FolderPlace(cut), failing);
            assertThatThrownBy(() -> writer().write(turn, snapshot, place, null))
                    .isInstanceOf(InterruptedTaskException.class);
            assertThatThrownBy(() -> read(new FolderPlace(cut)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("no whole bundle");
            int before = place.puts();

            writer().write(turn, snapshot, place, null);

            assertThat(place.puts() - before).as("files sent again").isLessThanOrEqualTo(puts - failing + 1);
            assertThat(files(cut)).isEqualTo(files(whole));
        }
    }

    @Test
    void anyByteThatIsFlippedIsFoundAndItsFileNamed() throws IOException {
        write(place(), null);
        Random random = new Random(7);
        for (Path file : paths(outside)) {
            byte[] good = Files.readAllBytes(file);
            for (int i = 0; i < 4; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, bad);

                assertThatThrownBy(() -> read(place()))
                        .as(file.toString())
                        .isInstanceOf(TaskException.class)
                        .message()
                        .containsAnyOf(file.getFileName().toString(), "manifest.json", "signed with key");
            }
            Files.write(file, good);
        }
        assertThat(read(place())).isNotEmpty();
    }

    @Test
    void anAlteredLineIsNamedByFileAndLineAndNothingIsHandedOverBeyondIt() {
        write(place(), null);
        alter(USERS, lines -> lines.set(2, lines.get(2).replace("Vertrieb", "Vorstand")));

        assertThatThrownBy(() -> read(place()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(USERS)
                .hasMessageContaining("line 3")
                .message()
                .doesNotContain("Vorstand");
    }

    /** A bundle is checked, and then read once more to be published: what is altered in between must not get out. */
    @Test
    void noLineOfAnAlteredFileIsHandedOver() {
        write(place(), null);
        alter(USERS, lines -> lines.remove(lines.size() - 1));
        List<StateKey> taken = new ArrayList<>();

        assertThatThrownBy(() -> new BundleReader(keys.signing(), keys.encryption(), temp)
                        .open(place(), tenant, "c1")
                        .read(state -> taken.add(state.key())))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(USERS);

        assertThat(taken).noneMatch(key -> key.type().equals("user")).isNotEmpty();
    }

    @Test
    void aLineThatIsTakenOutIsFound() {
        write(place(), null);
        alter(USERS, lines -> lines.remove(1));

        assertThatThrownBy(() -> read(place()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(USERS);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        write(place(), null);
        Files.delete(folder().resolve("states/group-00001.ndjson.gz"));

        assertThatThrownBy(() -> read(place())).hasMessageContaining("states/group-00001.ndjson.gz is missing");
    }

    @Test
    void aBundleSignedBySomebodyElseIsRefused() {
        TestKeys others = TestKeys.in(temp.resolve("others"));
        new BundleWriter(history, others.signing(), others.encryption(), SMALL_PARTS, temp.resolve("work"))
                .write(new TestTurn(tenant, "export", "c1"), snapshot, place(), null);

        assertThatThrownBy(() -> read(place())).hasMessageContaining("manifest.json is altered");

        BundleReader stranger = new BundleReader(
                new SigningKeys(Optional.empty(), Optional.empty(), Map.of()), keys.encryption(), temp);
        assertThatThrownBy(() -> stranger.open(place(), tenant, "c1"))
                .hasMessageContaining("'k1', which is not trusted");
    }

    @Test
    void aBundleInAnotherSnapshotsFolderIsRefused() throws IOException {
        write(place(), null);
        Files.move(folder(), folder().resolveSibling("c7"));

        assertThatThrownBy(() -> new BundleReader(keys.signing(), keys.encryption(), temp).open(place(), tenant, "c7"))
                .hasMessageContaining("another tenant or snapshot");
    }

    @Test
    void anEncryptedBundleShowsNothingAndIsReadWithItsKeyOnly() throws IOException {
        write(place(), "e1");

        assertThat(read(place())).hasSize(72);
        for (Path file : paths(outside)) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            assertThat(content).doesNotContain("Vertrieb", "\u001f\u008b\b");
        }
        assertThat(Files.readString(folder().resolve("manifest.json"))).contains("\"keyId\" : \"e1\"");
        TestKeys others = TestKeys.in(temp.resolve("others"));
        EncryptionKeys rotated = new EncryptionKeys(Map.of("e1", others.encryptionKey()));
        assertThatThrownBy(() -> new BundleReader(keys.signing(), rotated, temp)
                        .open(place(), tenant, "c1")
                        .read(state -> {}))
                .isInstanceOf(BundleException.class);
        assertThatThrownBy(() -> new BundleReader(keys.signing(), new EncryptionKeys(Map.of()), temp)
                        .open(place(), tenant, "c1")
                        .read(state -> {}))
                .hasMessageContaining("encryption key 'e1' is not configured");
    }

    @Test
    void aSnapshotThatIsNoLongerWhatWasSealedIsNotCopied() {
        Database.client().getDatabase(database).getCollection("objects").deleteOne(eq("_id", tenant + "|user|u20"));

        assertThatThrownBy(() -> write(place(), null))
                .isInstanceOf(TaskException.class)
                .hasMessageContaining("type user has 49 of 50");
        assertThat(folder().resolve("manifest.json")).doesNotExist();
    }

    @Test
    void theCommandsOfTheDocumentReadAndCheckAPlainBundle() throws Exception {
        write(place(), null);

        String said = documented();

        assertThat(said)
                .contains("Signature Verified Successfully", USERS + ": OK", "user: 51 lines")
                .contains("every line is as it was written", "u12 is in g1");
    }

    @Test
    void theCommandsOfTheDocumentReadAndCheckAnEncryptedBundle() throws Exception {
        write(place(), "e1");

        String said = documented();

        assertThat(said)
                .contains("Signature Verified Successfully", USERS + ".aes: OK", "group.members: 20 lines")
                .contains("every line is as it was written", "u12 is in g1");
    }

    @Test
    void theCommandsOfTheDocumentFindAnAlteredLine() throws Exception {
        write(place(), null);
        alter(USERS, lines -> lines.set(2, lines.get(2).replace("Vertrieb", "Vorstand")));

        String said = documented();

        assertThat(said).contains(USERS + ": FAILED", "altered line").doesNotContain("every line is as it was written");
    }

    private String documented() throws IOException, InterruptedException {
        return DocumentedCommands.run(folder(), keys);
    }

    private FolderPlace place() {
        return new FolderPlace(outside);
    }

    private Path folder() {
        return outside.resolve(tenant.toString()).resolve("c1");
    }

    private BundleWriter writer() {
        return new BundleWriter(history, keys.signing(), keys.encryption(), SMALL_PARTS, temp.resolve("work"));
    }

    private void write(BundlePlace place, String key) {
        var unused = writer().write(new TestTurn(tenant, "export", "c1"), snapshot, place, key);
    }

    private Map<StateKey, ObjectState> read(BundlePlace place) {
        Map<StateKey, ObjectState> read = new TreeMap<>();
        new BundleReader(keys.signing(), keys.encryption(), temp.resolve("work"))
                .open(place, tenant, "c1")
                .read(state -> read.put(state.key(), state));
        return read;
    }

    private void alter(String name, java.util.function.Consumer<List<String>> change) {
        Path file = folder().resolve(name);
        try {
            String content =
                    new String(new GZIPInputStream(Files.newInputStream(file)).readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(content.split("\n")));
            change.accept(lines);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            Files.write(file, packed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> paths(Path root) {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files(Path root) {
        Map<String, String> files = new TreeMap<>();
        paths(root).forEach(path -> {
            try {
                files.put(root.relativize(path).toString(), Sha256.hex(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return files;
    }
}
