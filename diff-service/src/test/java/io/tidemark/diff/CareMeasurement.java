package io.tidemark.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.bundle.BundleReader;
import io.tidemark.diff.bundle.BundleWriter;
import io.tidemark.diff.bundle.FolderPlace;
import io.tidemark.diff.bundle.TestKeys;
import io.tidemark.diff.gitcopy.GitCopy;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.verify.Level;
import io.tidemark.diff.verify.SnapshotCheck;
import io.tidemark.diff.verify.Verdict;
import io.tidemark.diff.verify.VerifyOrder;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast a snapshot is verified, copied and read back. Not part of the build: run it by name. */
class CareMeasurement {

    private static final int USERS = Integer.getInteger("users", 100_000);
    private static final int LINKS = Integer.getInteger("links", 3 * USERS);
    private static final int RUNS = Integer.getInteger("runs", 3);
    private static final int BATCH = 1000;
    private static final int MEMBERS = 100;
    private static final double NANOS = 1e9;

    @TempDir
    private Path temp;

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();

    @Test
    void measure() {
        Snapshot snapshot = snapshot();
        for (Level level : Level.values()) {
            measure("verify " + level, run -> verify(snapshot, new VerifyOrder(level, 0.05, run)));
        }
        TestKeys keys = TestKeys.in(temp.resolve("keys"));
        History history = new History(new MongoHistoryStore(Database.client(), database));
        BundleWriter writer =
                new BundleWriter(history, keys.signing(), keys.encryption(), 16 << 20, temp.resolve("work"));
        BundleReader reader = new BundleReader(keys.signing(), keys.encryption(), temp.resolve("work"));
        for (String key : new String[] {null, "e1"}) {
            String what = key == null ? "plain" : "encrypted";
            measure("export " + what, run -> {
                var unused = writer.write(turn(), snapshot, place(what, run), key);
            });
            measure("read back " + what, run -> {
                long[] read = {0};
                reader.open(place(what, run), tenant, "c1").read(state -> read[0]++);
                assertThat(read[0]).isEqualTo(USERS + LINKS);
            });
        }
        measure("Git", run -> {
            var unused =
                    new GitCopy(history, temp.resolve("git" + run), "main", Set.of("none")).write(turn(), snapshot);
        });
    }

    private void verify(Snapshot snapshot, VerifyOrder order) {
        Verdict verdict = new SnapshotCheck(
                        new MongoStoredStates(Database.client(), database),
                        tenant,
                        snapshot.instant(),
                        order,
                        finding -> {},
                        beat -> {})
                .against(snapshot.capture().types());
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.INTACT);
        assertThat(verdict.keys()).isEqualTo(USERS + LINKS);
    }

    private TestTurn turn() {
        return new TestTurn(tenant, "measurement", "c1");
    }

    private FolderPlace place(String what, int run) {
        return new FolderPlace(temp.resolve(what + run));
    }

    private Snapshot snapshot() {
        MongoHistoryStore store = new MongoHistoryStore(Database.client(), database);
        SampleStates states = new SampleStates(tenant);
        states.capture("c1", SampleStates.START);
        for (int i = 0; i < USERS; i++) {
            states.at(SampleStates.START.plusMillis(i / 10))
                    .object(ObjectKind.USER, id(1, i), WholeUser.json(id(1, i), i));
        }
        for (int i = 0; i < LINKS; i++) {
            states.link(Link.of(LinkKind.GROUP_MEMBERS, id(2, i / MEMBERS), id(1, i % USERS)), "user");
        }
        List<ObjectState> all = states.published();
        measure("take in", 1, run -> {
            for (int start = 0; start < all.size(); start += BATCH) {
                store.apply(tenant, all.subList(start, Math.min(start + BATCH, all.size())));
            }
        });
        return new Snapshot(
                tenant,
                "c1",
                Snapshot.State.SEALED,
                states.completed(CaptureMode.FULL, states.now().plusSeconds(5)),
                SampleStates.START,
                List.of(),
                null,
                states.now().plus(Duration.ofMinutes(1)));
    }

    private static String id(int kind, int number) {
        return new UUID(kind, number * 0x9E3779B97F4A7C15L).toString();
    }

    private static void measure(String what, IntConsumer work) {
        measure(what, RUNS, work);
    }

    private static void measure(String what, int runs, IntConsumer work) {
        List<double[]> timings = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long cpu = cpu();
            long started = System.nanoTime();
            work.accept(run);
            timings.add(new double[] {(System.nanoTime() - started) / NANOS, (cpu() - cpu) / NANOS});
        }
        timings.sort((one, other) -> Double.compare(one[0], other[0]));
        double[] median = timings.get(runs / 2);
        System.out.printf(
                Locale.ROOT,
                "measured %-22s %6.1f s, %6.1f s of processor, %6.0f states/s, %6.0f states per processor second%n",
                what,
                median[0],
                median[1],
                (USERS + LINKS) / median[0],
                (USERS + LINKS) / median[1]);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
