package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.snapshot.cursor.CrashingCursorStore;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of captures that make room for targeted ones, over tenants made from a seed. */
class InterludeTest {

    private static final TenantId TENANT = new TenantId(new UUID(3, 4));

    private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private final CrashingCursorStore store = new CrashingCursorStore(new InMemoryCursorStore());
    private final HistoryInMemory history = new HistoryInMemory();
    private int fence;

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatChangesAndIsNamedWhileTheTenantIsReadIsRightWhenThatEnds(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        int interludes = 0;
        for (int round = 0; round < 5; round++) {
            TenantCaptureTest.change(tenant, random, 15);
            Disturbance disturbance = new Disturbance(tenant, random);

            CaptureResult result = capture(tenant, anyMode(random), disturbance);

            assertCaptured(tenant, result);
            disturbance.ended.forEach(this::assertAccountedFor);
            interludes += disturbance.ended.size();
        }
        assertThat(interludes).isPositive();
        assertCaptured(tenant, capture(tenant, CaptureMode.INCREMENTAL, Interludes.NONE));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsAndDigestsAreRightAtTheEndOfAnInterlude(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        Disturbance disturbance = new Disturbance(tenant, random);
        disturbance.after = result -> {
            for (TypeCount count : result.report().types()) {
                SetDigest stored = history.present(count.type());
                assertThat(count.present()).as(count.type()).isEqualTo(stored.count());
                assertThat(count.presentDigest()).as(count.type()).isEqualTo(stored.hex());
            }
        };

        CaptureResult unused = capture(tenant, CaptureMode.FULL, disturbance);

        assertThat(history.violations).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostWhereverTheProcessEnds(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        for (int round = 0; round < 4; round++) {
            for (int crash = 0; crash < 3; crash++) {
                TenantCaptureTest.change(tenant, random, 1 + random.nextInt(10));
                crashOnce(tenant, random);
            }

            CaptureResult result = capture(tenant, anyMode(random), Interludes.NONE);

            assertCaptured(tenant, result);
        }
    }

    @Test
    void aPageThatWasGivenBeforeAnInterludeDoesNotUndoWhatThatHasRead() {
        FakeTenant tenant = new FakeTenant(1);
        List<ObjectRef> users = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            users.add(tenant.create(ObjectKind.USER));
        }
        CaptureResult unused = capture(tenant, CaptureMode.FULL, Interludes.NONE);
        users.forEach(tenant::rename);
        history.received.clear();
        List<String> ended = new ArrayList<>();

        CaptureResult result = capture(tenant, CaptureMode.INCREMENTAL, held -> {
            tenant.rename(users.get(0));
            users.forEach(tenant::rename);
            CaptureResult urgent = held.apply(targeted("urgent " + ended.size(), users));
            ended.add(urgent.report().captureId() + " " + urgent.stage());
            Map<StateKey, String> truth = TenantCaptureTest.truth(tenant);
            assertThat(users)
                    .allSatisfy(
                            user -> assertThat(history.newest.get(user.key()).stateHash())
                                    .isEqualTo(truth.get(user.key())));
        });

        assertThat(ended).hasSizeGreaterThan(10).allMatch(text -> text.endsWith(" COMPLETED"));
        assertCaptured(tenant, result);
        assertThat(history.received)
                .as("what is published of users whom every interlude reads")
                .hasSizeGreaterThan(users.size())
                .allMatch(state -> state.captureId().startsWith("urgent "));
    }

    /** Names some objects now and then, which change just before. */
    private final class Disturbance implements Interludes {
        private final FakeTenant tenant;
        private final Random random;
        private final List<CaptureResult> ended = new ArrayList<>();
        private Consumer<CaptureResult> after = result -> {};

        Disturbance(FakeTenant tenant, Random random) {
            this.tenant = tenant;
            this.random = random;
        }

        @Override
        public void run(Function<CaptureOrder, CaptureResult> held) {
            if (random.nextInt(8) != 0) {
                return;
            }
            List<ObjectRef> named = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                List<ObjectRef> all = new ArrayList<>(tenant.all(TenantCaptureTest.KINDS));
                all.addAll(tenant.deleted());
                ObjectRef ref = TenantCaptureTest.one(all, random);
                move(ref);
                named.add(ref);
            }
            CaptureResult result = held.apply(targeted("interlude-" + fence + "-" + ended.size(), named));
            ended.add(result);
            after.accept(result);
        }

        private void move(ObjectRef ref) {
            if (tenant.deleted().contains(ref)) {
                if (random.nextBoolean()) {
                    tenant.restore(ref);
                } else {
                    tenant.purge(ref);
                }
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> tenant.delete(ref);
                case 1 -> {
                    List<Link> links = tenant.visibleLinks().stream()
                            .filter(link -> link.sourceRef().equals(ref))
                            .toList();
                    links.forEach(tenant::unlink);
                }
                case 2 -> {
                    List<ObjectRef> users = tenant.all(ObjectKind.USER);
                    LinkKind kind = ref.kind() == ObjectKind.USER ? LinkKind.USER_MANAGER : LinkKind.GROUP_MEMBERS;
                    if (kind.source() == ref.kind() && !users.isEmpty()) {
                        tenant.link(kind, ref, TenantCaptureTest.one(users, random));
                    }
                }
                default -> tenant.rename(ref);
            }
        }
    }

    private void crashOnce(FakeTenant tenant, Random random) {
        if (random.nextBoolean()) {
            store.crashAt(random.nextInt(16), random.nextBoolean());
        } else {
            history.statesUntilFailure = random.nextInt(25);
        }
        try {
            CaptureResult unused = capture(tenant, anyMode(random), new Disturbance(tenant, random));
        } catch (IllegalStateException | HistoryInMemory.Crash e) {
            // As wanted: the process has ended, and another one goes on.
        }
        store.crashNever();
        history.statesUntilFailure = -1;
    }

    private CaptureResult capture(FakeTenant tenant, CaptureMode mode, Interludes interludes) {
        fence++;
        KnownStates known = KnownStates.open(store, TENANT, fence);
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, List.of());
        return new TenantCapture(order, tenant, known, history, () -> {}, interludes, clock).run();
    }

    private static CaptureOrder targeted(String id, List<ObjectRef> objects) {
        return new CaptureOrder(id, TENANT, CaptureMode.TARGETED, null, false, objects);
    }

    private static CaptureMode anyMode(Random random) {
        return random.nextBoolean() ? CaptureMode.FULL : CaptureMode.INCREMENTAL;
    }

    private void assertCaptured(FakeTenant tenant, CaptureResult result) {
        assertThat(history.violations).isEmpty();
        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        Map<String, String> present = new TreeMap<>();
        for (ObjectState state : history.newest.values()) {
            if (state.deleted() == null) {
                present.put(state.key().text(), state.stateHash());
            }
        }
        Map<String, String> truth = new TreeMap<>();
        TenantCaptureTest.truth(tenant).forEach((key, hash) -> truth.put(key.text(), hash));
        assertThat(present.entrySet())
                .as("what is stored, against what there is")
                .containsExactlyInAnyOrderElementsOf(truth.entrySet());
        assertAccountedFor(result);
        for (TypeCount count : result.report().types()) {
            SetDigest stored = history.present(count.type());
            assertThat(count.present()).as(count.type()).isEqualTo(stored.count());
            assertThat(count.presentDigest()).as(count.type()).isEqualTo(stored.hex());
        }
    }

    /** What a capture says that it published is what arrived under its id: else it would never be sealed. */
    private void assertAccountedFor(CaptureResult result) {
        Map<String, Long> arrived = new TreeMap<>();
        history.received.stream()
                .filter(state -> state.captureId().equals(result.report().captureId()))
                .map(ObjectState::key)
                .map(StateKey::type)
                .forEach(type -> arrived.merge(type, 1L, Long::sum));
        Map<String, Long> told = new TreeMap<>();
        result.report().types().stream()
                .filter(count -> count.published() > 0)
                .forEach(count -> told.put(count.type(), count.published()));
        assertThat(told).isEqualTo(arrived);
    }
}
