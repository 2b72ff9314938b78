package io.tidemark.diff.gitcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a commit leaves behind that was killed on its way, part by part, and what the next one makes of it. */
class KilledCommitIT {

    private static final Instant T0 = SampleStates.START;

    @TempDir
    private Path folder;

    private final String database = Database.fresh();
    private final HistoryStore store = new MongoHistoryStore(Database.client(), database);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private Path repository;
    private Snapshot first;
    private Snapshot second;

    @BeforeEach
    void twoSnapshots() {
        repository = folder.resolve(tenant + ".git");
        List<Snapshot> snapshots = snapshots(tenant, store);
        first = snapshots.get(0);
        second = snapshots.get(1);
    }

    /** The parts of a new repository, in the order in which they were made once: any number of them may be there, and no more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aRepositoryThatWasHalfMadeIsMadeWhole(int parts) throws Exception {
        List<String> made = List.of(
                "refs/",
                "refs/heads/",
                "refs/tags/",
                "objects/",
                "objects/info/",
                "objects/pack/",
                "HEAD.lock",
                "HEAD",
                "config.lock");
        for (String part : made.subList(0, Math.min(parts, made.size()))) {
            Path path = repository.resolve(part);
            if (part.endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(repository);
                Files.writeString(path, part.equals("HEAD") ? "ref: refs/heads/master\n" : "");
                Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }

        write(first);
        write(second);

        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");
        assertThat(git("log", "--format=%s")).contains("Snapshot c2", "Snapshot c1");
        assertThat(git("show", "HEAD:group/g3/g3.json")).contains("\"n\": 2");
    }

    @Test
    void objectsWrittenAndBranchNotMovedIsCommittedAgain() throws Exception {
        write(first);
        Path branch = repository.resolve("refs/heads/main");
        String before = Files.readString(branch);
        write(second);
        String after = Files.readString(branch);
        Files.writeString(branch, before);
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");

        write(second);

        assertThat(Files.readString(branch)).isEqualTo(after);
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");
        assertThat(git("log", "--format=%s").lines()).hasSize(2);
    }

    @Test
    void theFirstCommitThatGotNoBranchIsMadeAgain() throws Exception {
        write(first);
        Files.delete(repository.resolve("refs/heads/main"));
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");

        write(first);

        assertThat(git("log", "--format=%s").lines()).hasSize(1);
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken", "dangling");
    }

    @Test
    void aPackWithoutItsIndexIsWrittenAgain() throws Exception {
        write(first);
        Path branch = repository.resolve("refs/heads/main");
        String before = Files.readString(branch);
        Set<Path> known = packs();
        write(second);
        Files.writeString(branch, before);
        Path index = packs().stream()
                .filter(path -> !known.contains(path) && path.toString().endsWith(".idx"))
                .findFirst()
                .orElseThrow();
        Files.delete(index);
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");

        write(second);

        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");
        assertThat(git("log", "--format=%s").lines()).hasSize(2);
        assertThat(git("show", "HEAD:group/g3/g3.json")).contains("\"n\": 2");
    }

    @Test
    void whatWritersThatAreGoneLeftUnfinishedIsTakenAway() throws Exception {
        write(first);
        Path pack = Files.writeString(repository.resolve("objects/insert_1.pack"), "PACK");
        Path alone = Files.writeString(repository.resolve("objects/pack/pack-1.pack"), "PACK");
        Path lock = Files.writeString(repository.resolve("packed-refs.lock"), "");
        Path young = Files.writeString(repository.resolve("objects/insert_2.pack"), "PACK");
        for (Path old : List.of(pack, alone, lock)) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        }

        write(second);

        assertThat(Stream.of(pack, alone, lock)).noneMatch(Files::exists);
        assertThat(young).exists();
        assertThat(git("log", "--format=%s").lines()).hasSize(2);
    }

    /** A worker in a process of its own is killed as soon as so many files are there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 8})
    void aWorkerThatIsKilledAnywhereIsFollowedByOneThatGoesOn(int files) throws Exception {
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingWorker.class.getName(),
                        Database.address(),
                        database,
                        tenant.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !worker.isAlive() || files(repository) >= files);
        worker.destroyForcibly();
        await().atMost(Duration.ofSeconds(30)).until(() -> !worker.isAlive());
        if (files(repository) > 2) {
            assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");
        }
        Files.deleteIfExists(repository.resolve("refs/heads/main.lock"));

        for (Snapshot snapshot : List.of(first, second)) {
            if (!log().contains("Snapshot c2")) {
                write(snapshot);
            }
        }

        assertThat(log()).hasSize(2);
        assertThat(git("fsck", "--full", "--strict")).doesNotContain("error", "missing", "broken");
        assertThat(git("show", "HEAD:group/g3/g3.json")).contains("\"n\": 2");
    }

    /** The subjects of the commits, newest first; none if the branch is not there. */
    private List<String> log() throws Exception {
        return Files.exists(repository.resolve("refs/heads/main"))
                ? git("log", "--format=%s")
                        .lines()
                        .map(line -> line.substring(0, "Snapshot c0".length()))
                        .toList()
                : List.of();
    }

    private void write(Snapshot snapshot) {
        write(store, folder, snapshot);
    }

    private static void write(HistoryStore store, Path folder, Snapshot snapshot) {
        new GitCopy(new History(store), folder, "main", Set.of("user"))
                .write(new TestTurn(snapshot.tenant(), "export", snapshot.id()), snapshot);
    }

    private Set<Path> packs() throws IOException {
        try (Stream<Path> found = Files.list(repository.resolve("objects/pack"))) {
            return found.collect(Collectors.toSet());
        }
    }

    private static long files(Path repository) {
        try (Stream<Path> found = Files.walk(repository)) {
            return found.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException e) {
            // Not there yet, or a file went while the folder was walked.
            return 0;
        }
    }

    private String git(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of("git", "--git-dir=" + repository));
        words.addAll(List.of(command));
        Process git = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("git %s: %s", List.of(command), said).isZero();
        return said;
    }

    /** The states of two captures, and the snapshots that they lead to. */
    private static List<Snapshot> snapshots(TenantId tenant, HistoryStore store) {
        SampleStates states = new SampleStates(tenant);
        states.capture("c1", T0);
        for (int i = 0; i < 40; i++) {
            states.object(ObjectKind.GROUP, "g" + i, "{\"id\":\"g" + i + "\",\"n\":1}");
        }
        store.apply(tenant, states.published());
        Snapshot one = states.sealed("c1", T0);
        states.capture("c2", T0.plusSeconds(7200));
        states.object(ObjectKind.GROUP, "g3", "{\"id\":\"g3\",\"n\":2}");
        store.apply(tenant, states.published());
        return List.of(one, states.sealed("c2", T0.plusSeconds(7200)));
    }

    /** A worker in a process of its own. */
    static final class CommittingWorker {

        private CommittingWorker() {}

        public static void main(String[] args) {
            HistoryStore store = new MongoHistoryStore(MongoClients.create(args[0]), args[1]);
            for (Snapshot snapshot : snapshots(TenantId.parse(args[2]), store)) {
                write(store, Path.of(args[3]), snapshot);
            }
        }
    }
}
