package io.tidemark.snapshot.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every cursor store keeps to. */
abstract class CursorStoreContract {

    private static final StateKey USER = new StateKey("user", "00000000-0000-4000-8000-000000000001");
    private static final StateKey MEMBER =
            new StateKey("group.members", "00000000-0000-4000-8000-000000000002~00000000-0000-4000-8000-000000000001");

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.456Z");

    private final TenantId tenant = new TenantId(UUID.randomUUID());

    abstract CursorStore store();

    @Test
    void aTenantBeginsWithNothing() {
        Cursor cursor = store().claim(tenant, 1);

        assertThat(cursor.kinds()).isEmpty();
        assertThat(cursor.totals()).isEmpty();
        assertThat(cursor.settled()).isTrue();
    }

    @Test
    void whatIsRememberedIsThereForTheNextCapture() {
        ContentHash hash = ContentHash.of("content".getBytes(StandardCharsets.UTF_8));
        KnownStates first = KnownStates.open(store(), tenant, 1);
        first.table("user").present(USER, hash);
        first.table("group.members").present(MEMBER, hash);
        KindCursor cursor =
                new KindCursor("https://graph/delta?token", false, "extension_abc_badge").selecting("all of it");
        first.advance(ObjectKind.USER, cursor);
        Instant until = Instant.parse("2026-01-01T00:00:00.123Z");
        first.intend(new Intention(List.of(USER, MEMBER), until));

        first.remember(until);

        KnownStates second = KnownStates.open(store(), tenant, 2);
        assertThat(second.table("user").find(USER)).contains(Known.present(hash));
        assertThat(second.table("group.members").find(MEMBER)).isPresent();
        assertThat(second.kind(ObjectKind.USER)).isEqualTo(cursor);
        assertThat(second.kind(ObjectKind.GROUP)).isEqualTo(KindCursor.START);
        assertThat(second.observedUntil()).isEqualTo(until);
        assertThat(second.total("user")).isEqualTo(SetDigest.EMPTY.plus(USER, hash));
    }

    @Test
    void whatWasNotedButNotRememberedIsInDoubt() {
        KnownStates broken = KnownStates.open(store(), tenant, 1);
        broken.advance(ObjectKind.USER, new KindCursor("link", false));
        broken.remember(Instant.EPOCH);
        broken.intend(new Intention(List.of(USER, MEMBER), NOW));

        KnownStates successor = KnownStates.open(store(), tenant, 2);

        assertThat(successor.table("user").find(USER)).contains(Known.DOUBTFUL);
        assertThat(successor.table("group.members").find(MEMBER)).contains(Known.DOUBTFUL);
        assertThat(successor.kind(ObjectKind.USER).readWhole()).isTrue();
        assertThat(successor.isSettled()).isFalse();
        assertThat(successor.observedUntil()).isEqualTo(NOW);
    }

    @Test
    void doubtsOutliveACaptureThatBreaksOffWhileSettlingThem() {
        store().claim(tenant, 1);
        store().intend(tenant, 1, 0, new Intention(List.of(USER), NOW));
        KnownStates.open(store(), tenant, 2);

        KnownStates successor = KnownStates.open(store(), tenant, 3);

        assertThat(successor.table("user").find(USER)).contains(Known.DOUBTFUL);
        assertThat(successor.kind(ObjectKind.GROUP).readWhole()).isTrue();
    }

    @Test
    void anOlderCaptureCannotRememberOnceANewerHasClaimedTheTenant() {
        KnownStates older = KnownStates.open(store(), tenant, 1);
        KnownStates.open(store(), tenant, 2);

        assertThatThrownBy(() -> older.remember(Instant.EPOCH)).isInstanceOf(StaleCaptureException.class);
        assertThatThrownBy(() -> store().claim(tenant, 1)).isInstanceOf(StaleCaptureException.class);
    }

    /** It was thought dead in the middle of remembering, and wakes when its successor has remembered. */
    @Test
    void anOlderCaptureDoesNotReplaceWhatANewerHasStored() {
        store().claim(tenant, 1);
        store().saveBuckets(tenant, 1, "user", Map.of(1, new byte[] {1}));
        store().claim(tenant, 2);
        store().saveBuckets(tenant, 2, "user", Map.of(1, new byte[] {2}));

        assertThatThrownBy(() -> store().saveBuckets(tenant, 1, "user", Map.of(1, new byte[] {1, 1})))
                .isInstanceOf(StaleCaptureException.class);

        assertThat(store().loadBuckets(tenant, "user", List.of(1)).get(1)).containsExactly(2);
    }

    /** Nothing is published before it is noted, so it publishes nothing any more. */
    @Test
    void anOlderCaptureNotesNothingOnceANewerHasClaimedTheTenant() {
        KnownStates older = KnownStates.open(store(), tenant, 1);
        KnownStates.open(store(), tenant, 2);

        assertThatThrownBy(() -> older.intend(new Intention(List.of(USER), NOW)))
                .isInstanceOf(StaleCaptureException.class);
    }

    /** It has remembered, and was thought dead before it dropped its notes. */
    @Test
    void anOlderCaptureDoesNotDropTheNotesOfANewer() {
        store().claim(tenant, 1);
        store().intend(tenant, 1, 0, new Intention(List.of(USER), NOW));
        store().claim(tenant, 2);
        store().intend(tenant, 2, 0, new Intention(List.of(MEMBER), NOW));

        store().dropIntended(tenant, 1);

        List<Intention> left = new ArrayList<>();
        store().eachIntended(tenant, left::add);
        assertThat(left).containsExactly(new Intention(List.of(MEMBER), NOW));
    }

    @Test
    void bucketsAreFoundByNumber() {
        store().saveBuckets(tenant, 1, "user", Map.of(1, new byte[] {1}, 7, new byte[] {7, 7}));
        store().saveBuckets(tenant, 1, "user", Map.of(1, new byte[] {1, 1}));

        Map<Integer, byte[]> found = store().loadBuckets(tenant, "user", List.of(1, 2, 7));

        assertThat(found).containsOnlyKeys(1, 7);
        assertThat(found.get(1)).containsExactly(1, 1);
        assertThat(found.get(7)).containsExactly(7, 7);
        assertThat(store().loadBuckets(tenant, "group", List.of(1))).isEmpty();
    }

    @Test
    void notesAreHandedOnUntilTheyAreDropped() {
        store().claim(tenant, 1);
        store().intend(tenant, 1, 0, new Intention(List.of(USER), NOW));
        store().intend(tenant, 1, 1, new Intention(List.of(MEMBER), NOW));
        List<Intention> found = new ArrayList<>();

        store().eachIntended(tenant, found::add);
        store().dropIntended(tenant, 1);

        assertThat(found)
                .containsExactlyInAnyOrder(new Intention(List.of(USER), NOW), new Intention(List.of(MEMBER), NOW));
        List<Intention> left = new ArrayList<>();
        store().eachIntended(tenant, left::add);
        assertThat(left).isEmpty();
    }
}
