package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.cursor.CrashingCursorStore;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds with slow quotas of their own are read beside the others, and what comes of it is what comes of reading one after the other. */
class SlowLaneTest {

    private static final TenantId TENANT = new TenantId(new UUID(5, 6));
    private static final ObjectKind REPORT = ObjectKind.USER_REGISTRATION_DETAILS;
    private static final ObjectKind POLICY = ObjectKind.CONDITIONAL_ACCESS_POLICY;

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final CrashingCursorStore store = new CrashingCursorStore(new InMemoryCursorStore());
    private final HistoryInMemory history = new HistoryInMemory();
    private long fence;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @Test
    void aLongReportAndTheOthersDoNotWaitForEachOther() {
        LanedTenant tenant = new LanedTenant(1);
        int lines = 5_000;
        for (int i = 0; i < lines; i++) {
            tenant.create(REPORT);
        }
        CountDownLatch othersRead = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean heldUp = new AtomicBoolean();
        Set<ObjectKind> others = listedOthers();
        tenant.afterOther = () -> {
            heldUp.compareAndSet(false, !reached(begun));
            if (tenant.asked.containsAll(others)) {
                othersRead.countDown();
            }
        };
        // More than may wait has been shown by then, so somebody must have taken it in.
        tenant.beforeShown = (kind, number) -> {
            if (kind == REPORT && number == 0) {
                begun.countDown();
            }
            if (kind == REPORT && number == lines / 2) {
                heldUp.compareAndSet(false, !reached(othersRead));
            }
        };

        CaptureResult result = capture(tenant, CaptureMode.FULL);

        assertThat(heldUp).isFalse();
        assertCaptured(tenant, result);
        assertThat(count(result, REPORT.word()).present()).isEqualTo(lines);
    }

    @Test
    void theTimeOfACaptureIsThatOfItsLongestLane() {
        LanedTenant tenant = TenantCaptureTest.filled(new LanedTenant(2), new Random(2));
        tenant.create(ObjectKind.NAMED_LOCATION);
        lines(tenant, 900);

        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));

        long own = tenant.millis.remove(Thread.currentThread()).get();
        List<Long> lanes =
                tenant.millis.values().stream().map(AtomicLong::get).sorted().toList();
        assertThat(lanes).hasSize(2);
        assertThat(lanes.get(1)).isGreaterThanOrEqualTo(18_000).isLessThan(23_000);
        assertThat(own).isPositive().isLessThan(lanes.get(1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void historyIsTheTenantAfterEveryCaptureWhereverTheProcessEndedBefore(long seed) {
        Random random = new Random(seed);
        LanedTenant tenant = TenantCaptureTest.filled(new LanedTenant(seed), random);
        lines(tenant, 30);
        for (int round = 0; round < 4; round++) {
            for (int crash = 0; crash < 2; crash++) {
                change(tenant, random);
                crashOnce(tenant, random);
            }
            change(tenant, random);

            assertCaptured(tenant, capture(tenant, CaptureMode.FULL));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTenantAtRestIsNotPublishedAgain(long seed) {
        LanedTenant tenant = TenantCaptureTest.filled(new LanedTenant(seed), new Random(seed));
        lines(tenant, 30);
        CaptureResult unused = capture(tenant, CaptureMode.FULL);
        history.received.clear();

        assertCaptured(tenant, capture(tenant, CaptureMode.INCREMENTAL));
        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));

        assertThat(history.received).isEmpty();
    }

    @Test
    void aReportThatBreaksOffIsNamedAndNothingOfItIsToldToBeGone() {
        LanedTenant tenant = TenantCaptureTest.filled(new LanedTenant(3), new Random(3));
        List<ObjectRef> lines = lines(tenant, 30);
        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));
        tenant.rename(lines.get(0));
        lines.forEach(tenant::rename);
        tenant.beforeShown = (kind, number) -> {
            if (kind == REPORT && number == 10) {
                throw GraphException.unreadable("half a page");
            }
        };
        history.received.clear();

        CaptureResult broken = capture(tenant, CaptureMode.FULL);

        assertThat(broken.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(broken.report().reason()).isEqualTo("userRegistrationDetails: BAD_ANSWER");
        assertThat(count(broken, REPORT.word()).outcome()).isEqualTo(TypeCount.Outcome.FAILED);
        assertThat(count(broken, POLICY.word()).outcome()).isEqualTo(TypeCount.Outcome.COMPLETE);
        assertThat(history.received)
                .isNotEmpty()
                .allSatisfy(state -> assertThat(state.deleted()).isNull());
        tenant.beforeShown = (kind, number) -> {};
        assertCaptured(tenant, capture(tenant, CaptureMode.INCREMENTAL));
    }

    @Test
    void aLineThatCannotBeReadEndsItsListAlone() {
        LanedTenant tenant = new LanedTenant(4);
        List<ObjectRef> lines = lines(tenant, 3);
        tenant.create(POLICY);
        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));
        JsonObject nameless = new JsonObject(Map.of("displayName", new JsonString("nobody")));
        LanedTenant odd = new LanedTenant(4) {
            @Override
            public void list(ObjectKind kind, ObjectSink sink) {
                if (kind == REPORT) {
                    sink.accept(nameless);
                }
                tenant.list(kind, sink);
            }
        };

        CaptureResult result = capture(odd, CaptureMode.FULL);

        assertThat(count(result, REPORT.word()).reason()).contains("without an id");
        assertThat(count(result, POLICY.word()).outcome()).isEqualTo(TypeCount.Outcome.COMPLETE);
        assertThat(history.newest.get(lines.get(0).key()).deleted()).isNull();
    }

    @Test
    void aLineThatLeavesTheReportLeavesItsUserAlone() {
        LanedTenant tenant = new LanedTenant(5);
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef group = tenant.create(ObjectKind.GROUP);
        tenant.link(LinkKind.GROUP_MEMBERS, group, user);
        ObjectRef line = tenant.create(REPORT, user.id().value());
        CaptureResult unused = capture(tenant, CaptureMode.FULL);
        StateKey membership = new Link(LinkKind.GROUP_MEMBERS, group.id(), user.id()).key();

        tenant.delete(line);
        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));

        assertThat(history.newest.get(line.key()).deleted()).isEqualTo(Deletion.HARD);
        assertThat(history.newest.get(membership).deleted()).isNull();
    }

    @Test
    void aLineIsGoneWithItsUserWithoutASecondLook() {
        LanedTenant tenant = new LanedTenant(6);
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef line = tenant.create(REPORT, user.id().value());
        CaptureResult unused = capture(tenant, CaptureMode.FULL);
        tenant.delete(user);
        tenant.delete(line);
        tenant.millis.clear();

        assertCaptured(tenant, capture(tenant, CaptureMode.FULL));

        assertThat(history.newest.get(line.key()).deleted()).isEqualTo(Deletion.HARD);
        assertThat(tenant.millis.get(Thread.currentThread()).get()).isLessThan(10_000);
    }

    @Test
    void aListThatWasGivenBeforeAnInterludeDoesNotUndoWhatThatHasRead() {
        LanedTenant tenant = new LanedTenant(7);
        ObjectRef policy = tenant.create(POLICY);
        CaptureResult unused = capture(tenant, CaptureMode.FULL);
        tenant.rename(policy);
        CountDownLatch listed = new CountDownLatch(1);
        tenant.beforeShown = (kind, number) -> {
            if (kind == POLICY && number < 0) {
                listed.countDown();
            }
        };
        AtomicBoolean once = new AtomicBoolean();
        Interludes interlude = held -> {
            if (once.compareAndSet(false, true)) {
                assertThat(reached(listed)).isTrue();
                tenant.rename(policy);
                CaptureResult urgent = held.apply(
                        new CaptureOrder("urgent", TENANT, CaptureMode.TARGETED, null, false, List.of(policy)));
                assertThat(urgent.stage()).isEqualTo(Stage.COMPLETED);
            }
        };

        CaptureResult result = capture(tenant, CaptureMode.INCREMENTAL, interlude);

        assertCaptured(tenant, result);
        assertThat(once).isTrue();
    }

    private static Set<ObjectKind> listedOthers() {
        Set<ObjectKind> others = EnumSet.allOf(ObjectKind.class);
        others.removeAll(LanedTenant.SLOW.keySet());
        others.removeIf(kind -> Catalogue.of(kind).reading().isBelowAnother());
        return others;
    }

    private static boolean reached(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<ObjectRef> lines(LanedTenant tenant, int most) {
        for (int i = tenant.all(ObjectKind.USER).size(); i < most; i++) {
            tenant.create(ObjectKind.USER);
        }
        return tenant.all(ObjectKind.USER).stream()
                .limit(most)
                .map(user -> tenant.create(REPORT, user.id().value()))
                .toList();
    }

    private static void change(LanedTenant tenant, Random random) {
        TenantCaptureTest.change(tenant, random, 1 + random.nextInt(10));
        List<ObjectRef> lines = tenant.all(REPORT);
        if (!lines.isEmpty()) {
            tenant.rename(TenantCaptureTest.one(lines, random));
            tenant.delete(TenantCaptureTest.one(lines, random));
        }
    }

    private void crashOnce(LanedTenant tenant, Random random) {
        if (random.nextBoolean()) {
            store.crashAt(random.nextInt(12), random.nextBoolean());
        } else {
            history.statesUntilFailure = random.nextInt(20);
        }
        try {
            CaptureResult unused = capture(tenant, CaptureMode.values()[random.nextInt(2)]);
        } catch (IllegalStateException | HistoryInMemory.Crash e) {
            // As wanted: the process has ended, and another one goes on.
        }
        store.crashNever();
        history.statesUntilFailure = -1;
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void assertCaptured(FakeTenant tenant, CaptureResult result) {
        history.assertIs(tenant, result);
    }

    private CaptureResult capture(LanedTenant tenant, CaptureMode mode) {
        return capture(tenant, mode, Interludes.NONE);
    }

    private CaptureResult capture(LanedTenant tenant, CaptureMode mode, Interludes interludes) {
        fence++;
        KnownStates known = KnownStates.open(store, TENANT, fence);
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, List.of());
        return new TenantCapture(order, tenant, known, history, () -> {}, interludes, clock).run();
    }
}
