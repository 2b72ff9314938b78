package io.tidemark.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.CaptureOrder;
import io.tidemark.snapshot.capture.CaptureResult;
import io.tidemark.snapshot.capture.Interludes;
import io.tidemark.snapshot.capture.TenantCapture;
import io.tidemark.snapshot.capture.Tenants;
import io.tidemark.snapshot.cursor.CursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a state of a first full capture costs this service in processor time and garbage, by thread, and one of a capture that finds nothing
 * new; and how long an incremental capture takes that finds nothing, which says something about Graph with {@code -Dtenant.quota-scale=1}. The simulator, the broker and the database run in the same process, in threads that are not counted. Not part of the build: run it by
 * name, with {@code -Dheap.test=-Xmx3g -Djacoco.skip=true -Dtenant.size=large -Dtenant.users=20000 -Dtenant.groups=2000
 * -Dtenant.applications=500}; {@code -Druns=} says how many captures are told of, {@code -Dwarm=} how many run before them.
 */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class CaptureMeasurement {

    private static final int WARM = Integer.getInteger("warm", 2);
    private static final int RUNS = Integer.getInteger("runs", 3);
    private static final double NANOS = 1e9;

    @Inject
    SnapshotPublisher publisher;

    @Inject
    CursorStore store;

    @Inject
    Tenants tenants;

    @Inject
    MongoClient database;

    @Inject
    Clock clock;

    @Test
    void measure() {
        for (int run = 0; run < WARM + RUNS; run++) {
            for (String collection : List.of("cursors", "known", "intended")) {
                database.getDatabase("tidemark-snapshot")
                        .getCollection(collection)
                        .drop();
            }
            measure(run < WARM ? "warm-up" : "first", CaptureMode.FULL, 3 * run + 1);
            measure(run < WARM ? "warm-up" : "again", CaptureMode.FULL, 3 * run + 2);
            measure(run < WARM ? "warm-up" : "quiet", CaptureMode.INCREMENTAL, 3 * run + 3);
        }
    }

    private void measure(String what, CaptureMode mode, long fence) {
        TenantId tenant = TenantId.parse(SimulatedTenant.id());
        CaptureOrder order = new CaptureOrder(UUID.randomUUID().toString(), tenant, mode, null, false, List.of());
        long started = System.nanoTime();
        try (ThreadCosts costs = ThreadCosts.of("capture", "capture-dispatch", "kafka-producer", "graph-", "OkHttp")) {
            KnownStates known = KnownStates.open(store, tenant, fence);
            CaptureResult result = new TenantCapture(
                            order, tenants.open(tenant), known, publisher, () -> {}, Interludes.NONE, clock)
                    .run();
            double seconds = (System.nanoTime() - started) / NANOS;
            assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
            long present = sum(result, true);
            long links = result.report().types().stream()
                    .filter(type -> type.type().indexOf('.') >= 0)
                    .mapToLong(TypeCount::present)
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "measured %-8s %d states (%d links), %d published, %d requests, %.2f s; per state: %s%n",
                    what,
                    present,
                    links,
                    sum(result, false),
                    result.requests(),
                    seconds,
                    costs.per(present));
        }
    }

    private static long sum(CaptureResult result, boolean present) {
        return result.report().types().stream()
                .mapToLong(type -> present ? type.present() : type.published())
                .sum();
    }
}
