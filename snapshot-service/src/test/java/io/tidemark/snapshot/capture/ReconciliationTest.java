package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.InMemoryCursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import io.tidemark.snapshot.reconcile.HistoryException;
import io.tidemark.snapshot.reconcile.LiveHistory;
import io.tidemark.snapshot.reconcile.Reconciliation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that was lost or set back, or a history that was, and the tenant's own course meanwhile: one full capture brings all together. */
class ReconciliationTest {

    private static final TenantId TENANT = new TenantId(new UUID(9, 1));

    private final HistoryInMemory history = new HistoryInMemory();
    private final Told told = new Told();
    private InMemoryCursorStore store = new InMemoryCursorStore();
    private Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private long fence;

    /** What the history would tell; breaks off after so many keys, if that is not negative. */
    private final class Told implements LiveHistory {
        private Optional<Instant> newest = Optional.empty();
        private boolean mismatched;
        private int breaksOffAfter = -1;
        private int asked;

        @Override
        public Standing standing(TenantId tenant) {
            return new Standing(newest, mismatched, false);
        }

        @Override
        public void eachLive(TenantId tenant, BiConsumer<StateKey, ContentHash> sink) {
            asked++;
            int[] keys = {0};
            new TreeMap<>(history.newest).forEach((key, state) -> {
                if (keys[0]++ == breaksOffAfter) {
                    throw new HistoryException("diff-service could not be reached");
                }
                if (state.stateHash() != null) {
                    sink.accept(key, new ContentHash(state.stateHash()));
                }
            });
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLostStoreComesTogetherWithTheHistory(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        CaptureResult last = capture(tenant, CaptureMode.FULL, false);
        TenantCaptureTest.change(tenant, random, 25);

        store = new InMemoryCursorStore();
        told.newest = Optional.ofNullable(last.report().completedAt());
        later();

        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));
        assertThat(told.asked).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStoreThatWasSetBackComesTogetherWithTheHistory(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        InMemoryCursorStore backup = store.copy();
        TenantCaptureTest.change(tenant, random, 25);
        later();
        CaptureResult newest = capture(tenant, CaptureMode.INCREMENTAL, false);
        TenantCaptureTest.change(tenant, random, 25);

        store = backup;
        later();
        told.newest = Optional.ofNullable(newest.report().completedAt());

        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIncrementalCaptureWithALostStoreReadsEverythingAndComesTogetherWithTheHistory(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        CaptureResult last = capture(tenant, CaptureMode.FULL, false);
        TenantCaptureTest.change(tenant, random, 25);

        store = new InMemoryCursorStore();
        told.newest = Optional.ofNullable(last.report().completedAt());
        later();

        assertTogether(tenant, capture(tenant, CaptureMode.INCREMENTAL, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIncrementalCaptureWithAStoreThatWasSetBackDoesSoToo(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        InMemoryCursorStore backup = store.copy();
        TenantCaptureTest.change(tenant, random, 25);
        later();
        CaptureResult newest = capture(tenant, CaptureMode.INCREMENTAL, false);
        TenantCaptureTest.change(tenant, random, 25);

        store = backup;
        later();
        told.newest = Optional.ofNullable(newest.report().completedAt());
        CaptureResult together = capture(tenant, CaptureMode.INCREMENTAL, false);

        assertTogether(tenant, together);
        told.newest = Optional.ofNullable(together.report().completedAt());
        int asked = told.asked;
        TenantCaptureTest.change(tenant, random, 5);
        assertTogether(tenant, capture(tenant, CaptureMode.INCREMENTAL, false));
        assertThat(told.asked).as("asked once only").isEqualTo(asked);
    }

    @Test
    void whatCameAfterTheBackupAndWentBeforeItWasPutBackIsToldToBeGone() {
        FakeTenant tenant = new FakeTenant(1);
        ObjectRef group = tenant.create(ObjectKind.GROUP);
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        InMemoryCursorStore backup = store.copy();
        ObjectRef user = tenant.create(ObjectKind.USER);
        ObjectRef assignment = tenant.create(ObjectKind.ROLE_ASSIGNMENT);
        tenant.link(LinkKind.GROUP_MEMBERS, group, user);
        later();
        unused = capture(tenant, CaptureMode.FULL, false);
        tenant.delete(user);
        tenant.purge(user);
        tenant.delete(assignment);
        store = backup;
        later();

        CaptureResult blind = capture(tenant, CaptureMode.FULL, false);
        assertThat(history.newest.get(user.key()).deleted()).isNull();
        assertThat(count(blind, "user").present())
                .isNotEqualTo(history.present("user").count());

        told.mismatched = true;
        later();
        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));
        assertThat(history.newest.get(user.key()).deleted()).isEqualTo(Deletion.HARD);
        assertThat(history.newest.get(assignment.key()).deleted()).isEqualTo(Deletion.HARD);
    }

    @Test
    void whatTheHistoryHasLostIsPublishedAgain() {
        FakeTenant tenant = TenantCaptureTest.tenant(2, new Random(2));
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        ObjectRef lost = tenant.all(ObjectKind.USER).get(0);
        history.newest.remove(lost.key());

        assertTogether(tenant, capture(tenant, CaptureMode.FULL, true));
    }

    @Test
    void whatFitsIsNotPublishedAgain() {
        FakeTenant tenant = TenantCaptureTest.tenant(3, new Random(3));
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        history.received.clear();

        assertTogether(tenant, capture(tenant, CaptureMode.FULL, true));

        assertThat(history.received).isEmpty();
    }

    @Test
    void theHistoryIsNotAskedForItsKeysWithoutNeed() {
        FakeTenant tenant = TenantCaptureTest.tenant(4, new Random(4));
        told.newest = Optional.ofNullable(
                capture(tenant, CaptureMode.FULL, false).report().completedAt());

        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));

        assertThat(told.asked).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHistoryThatBreaksOffLeavesTheCaptureIncompleteAndLosesNothing(long seed) {
        Random random = new Random(seed);
        FakeTenant tenant = TenantCaptureTest.tenant(seed, random);
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        TenantCaptureTest.change(tenant, random, 20);
        store = new InMemoryCursorStore();
        told.breaksOffAfter = random.nextInt(10);
        told.mismatched = true;
        later();

        CaptureResult broken = capture(tenant, CaptureMode.FULL, false);

        assertThat(broken.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(broken.report().reason())
                .isEqualTo("not reconciled with the history: diff-service could not be reached");
        Map<StateKey, String> truth = TenantCaptureTest.truth(tenant);
        truth.forEach(
                (key, hash) -> assertThat(history.newest.get(key).stateHash()).isEqualTo(hash));
        told.breaksOffAfter = -1;
        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));
    }

    @Test
    void whatCouldNotBeReadIsNotToldToBeGoneUntilItCan() {
        FakeTenant tenant = new FakeTenant(5);
        ObjectRef kept = tenant.create(ObjectKind.USER);
        ObjectRef gone = tenant.create(ObjectKind.USER);
        CaptureResult unused = capture(tenant, CaptureMode.FULL, false);
        tenant.delete(gone);
        tenant.purge(gone);
        store = new InMemoryCursorStore();
        later();
        tenant.shown = (kind, page) -> {
            if (kind == ObjectKind.USER) {
                throw new UnreadableTenantException("users are not shown");
            }
            return page;
        };

        CaptureResult broken = capture(tenant, CaptureMode.FULL, true);

        assertThat(count(broken, "user").outcome()).isEqualTo(TypeCount.Outcome.FAILED);
        assertThat(history.newest.get(kept.key()).deleted()).isNull();
        assertThat(history.newest.get(gone.key()).deleted()).isNull();
        tenant.shown = (kind, page) -> page;
        assertTogether(tenant, capture(tenant, CaptureMode.FULL, false));
        assertThat(history.newest.get(gone.key()).deleted()).isEqualTo(Deletion.HARD);
    }

    private void later() {
        clock = Clock.offset(clock, Duration.ofHours(1));
    }

    private static TypeCount count(CaptureResult result, String type) {
        return result.report().types().stream()
                .filter(count -> count.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void assertTogether(FakeTenant tenant, CaptureResult result) {
        history.assertIs(tenant, result);
    }

    private CaptureResult capture(FakeTenant tenant, CaptureMode mode, boolean reconcile) {
        fence++;
        CaptureOrder order = new CaptureOrder("capture-" + fence, TENANT, mode, null, false, List.of());
        Supplier<KnownStates> opening = () -> KnownStates.open(store, TENANT, fence);
        Reconciliation.Beginning begun = mode == CaptureMode.FULL
                ? new Reconciliation(told).begin(TENANT, reconcile, opening, () -> {})
                : new Reconciliation(told).beginIncremental(TENANT, opening, () -> {});
        CaptureResult result =
                new TenantCapture(order, tenant, begun.known(), history, () -> {}, Interludes.NONE, clock).run();
        return begun.lacking().map(result::lacking).orElse(result);
    }
}
