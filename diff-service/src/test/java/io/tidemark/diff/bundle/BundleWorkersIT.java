package io.tidemark.diff.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are killed while they export, and two that export the same snapshot at once. */
class BundleWorkersIT {

    private static final Instant T0 = SampleStates.START;
    private static final long SMALL_PARTS = 2000;
    private static final int USERS = 300;
    private static final String PLAIN = "none";
    private static final String KEY = "e1";

    @TempDir
    private Path temp;

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();

    @BeforeEach
    void sealedSnapshot() {
        TestKeys unused = TestKeys.in(temp.resolve("keys"));
        HistoryStore store = new MongoHistoryStore(Database.client(), database);
        SampleStates states = new SampleStates(tenant);
        states.capture("c1", T0);
        for (int i = 0; i < USERS; i++) {
            states.user("u" + i, "Department " + i);
        }
        store.apply(tenant, states.published());
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, KEY})
    void anExportThatIsKilledAtAnyPointIsTakenUpByAnotherWorker(String key) throws IOException {
        for (int files : List.of(0, 1, 3)) {
            Path outside = temp.resolve("killed" + files);
            Process worker = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ExportingWorker.class.getName(),
                            Database.address(),
                            database,
                            tenant.toString(),
                            temp.resolve("keys").toString(),
                            outside.toString(),
                            key)
                    .redirectErrorStream(true)
                    .redirectOutput(temp.resolve("worker" + files + ".log").toFile())
                    .start();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> !worker.isAlive() || Files.exists(outside) && count(outside) > files);
            worker.destroyForcibly();
            await().atMost(Duration.ofSeconds(30)).until(() -> !worker.isAlive());
            Map<String, String> left = digests(outside);

            export(Database.client(), new FolderPlace(outside), temp.resolve("next" + files), key);

            assertThat(read(outside)).hasSize(USERS);
            assertThat(digests(outside))
                    .as("what was written is not written otherwise")
                    .containsAllEntriesOf(left);
            assertThat(names(outside)).as("nothing half is left").noneMatch(name -> name.endsWith(".part"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, KEY})
    void twoWorkersAtOnceLeaveOneWholeBundle(String key) {
        for (int round = 0; round < 5; round++) {
            Path outside = temp.resolve("shared" + round);
            Map<String, Set<String>> written = new ConcurrentHashMap<>();
            BundlePlace place = new WatchedPlace(new FolderPlace(outside), written, name -> {});
            List<CompletableFuture<Void>> workers = Stream.of("a", "b")
                    .map(name -> temp.resolve(name + outside.getFileName()))
                    .map(work -> CompletableFuture.runAsync(() -> exportUntilDone(place, work, key)))
                    .toList();
            workers.forEach(CompletableFuture::join);

            assertThat(read(outside)).hasSize(USERS);
            assertThat(names(outside)).noneMatch(name -> name.endsWith(".part"));
            assertThat(written.values()).hasSizeGreaterThan(3).allMatch(digests -> digests.size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, KEY})
    void aWorkerThatWasThoughtDeadHurtsNothingWhenItGoesOn(String key) throws InterruptedException {
        Path outside = temp.resolve("late");
        Map<String, Set<String>> written = new ConcurrentHashMap<>();
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BundlePlace slow = new WatchedPlace(new FolderPlace(outside), written, name -> {
            if (name.contains("-00002.")) {
                stopped.countDown();
                reach(goOn);
            }
        });
        CompletableFuture<Void> late =
                CompletableFuture.runAsync(() -> exportUntilDone(slow, temp.resolve("slow"), key));
        assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();

        BundlePlace place = new WatchedPlace(new FolderPlace(outside), written, name -> {});
        exportUntilDone(place, temp.resolve("quick"), key);
        assertThat(read(outside)).hasSize(USERS);
        goOn.countDown();
        late.join();

        assertThat(read(outside)).hasSize(USERS);
        assertThat(written.values()).hasSizeGreaterThan(3).allMatch(digests -> digests.size() == 1);
    }

    private static void reach(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> digests(Path outside) {
        try (Stream<Path> found = Files.walk(outside)) {
            Map<String, String> digests = new HashMap<>();
            for (Path path : found.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().endsWith(".part"))
                    .toList()) {
                digests.put(outside.relativize(path).toString(), Sha256.hex(path));
            }
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void exportUntilDone(BundlePlace place, Path work, String key) {
        for (boolean done = false; !done; ) {
            try {
                export(Database.client(), place, work, key);
                done = true;
            } catch (InterruptedTaskException e) {
                // The task goes back to the queue, and is taken up again.
            }
        }
    }

    private Set<StateKey> read(Path outside) {
        TestKeys keys = TestKeys.of(temp.resolve("keys"));
        Set<StateKey> read = new HashSet<>();
        new BundleReader(keys.signing(), keys.encryption(), temp.resolve("reading"))
                .open(new FolderPlace(outside), tenant, "c1")
                .read(state -> read.add(state.key()));
        return read;
    }

    private static long count(Path outside) {
        return names(outside).stream().filter(name -> !name.endsWith(".part")).count();
    }

    private static List<String> names(Path outside) {
        try (Stream<Path> found = Files.walk(outside)) {
            return found.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .toList();
        } catch (UncheckedIOException e) {
            // A file went while the folder was walked.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void export(com.mongodb.client.MongoClient client, BundlePlace place, Path work, String key) {
        export(client, database, tenant, temp.resolve("keys"), place, work, key);
    }

    private static void export(
            com.mongodb.client.MongoClient client,
            String database,
            TenantId tenant,
            Path keyFolder,
            BundlePlace place,
            Path work,
            String key) {
        TestKeys keys = TestKeys.of(keyFolder);
        SampleStates states = new SampleStates(tenant);
        states.capture("c1", T0);
        for (int i = 0; i < USERS; i++) {
            states.user("u" + i, "Department " + i);
        }
        Snapshot snapshot = states.sealed("c1", T0);
        History history = new History(new MongoHistoryStore(client, database));
        var unused = new BundleWriter(history, keys.signing(), keys.encryption(), SMALL_PARTS, work)
                .write(new TestTurn(tenant, "export", "c1"), snapshot, place, key.equals(PLAIN) ? null : key);
    }

    /** A worker in a process of its own. */
    static final class ExportingWorker {

        private ExportingWorker() {}

        public static void main(String[] args) {
            export(
                    MongoClients.create(args[0]),
                    args[1],
                    TenantId.parse(args[2]),
                    Path.of(args[3]),
                    new FolderPlace(Path.of(args[4])),
                    new File(args[4] + "-work").toPath(),
                    args[5]);
        }
    }
}
