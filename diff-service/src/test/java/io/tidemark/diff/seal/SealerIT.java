package io.tidemark.diff.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealerIT {

    private static final Instant T0 = SampleStates.START;
    private static final int USERS = 60;

    private final String database = Database.fresh();
    private final HistoryStore history = new MongoHistoryStore(Database.client(), database);
    private final AccountStore accounts = new MongoAccountStore(Database.client(), database);
    private final SnapshotStore snapshots = new MongoSnapshotStore(Database.client(), database);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private long offset;

    @Test
    void aSnapshotIsSealedOnlyWhenItsLastStateIsStored() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        List<ObjectState> all = states.published();
        Snapshot ended = end(CaptureMode.FULL);

        arrive(all.subList(0, USERS - 1));
        Snapshot early = examine(ended, T0.plusSeconds(60));
        arrive(all.subList(USERS - 1, USERS));
        Snapshot late = examine(ended, T0.plusSeconds(60));

        assertThat(early.state()).isEqualTo(State.PENDING);
        assertThat(late.state()).isEqualTo(State.SEALED);
        assertThat(late.counts()).containsEntry("user", (long) USERS);
    }

    @Test
    void whatALaterCaptureChangedDoesNotUnsealAnEarlierOne() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        arrive(states.published());
        Snapshot ended = end(CaptureMode.FULL);
        states.capture("c2", T0.plusSeconds(600));
        users(30, "Legal");
        states.delete(new StateKey("user", "u3"), Deletion.SOFT);
        arrive(states.published());

        assertThat(examine(ended, T0.plusSeconds(900)).state()).isEqualTo(State.SEALED);
    }

    @Test
    void aFullSnapshotThatFindsOtherContentsInTheHistoryIsIncomplete() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        arrive(states.published());
        states.capture("c2", T0.plusSeconds(600));
        states.delete(new StateKey("user", "u3"), Deletion.SOFT);
        Snapshot ended = end(CaptureMode.FULL);
        arrive(List.of(
                new SampleStates(tenant).capture("c2", T0.plusSeconds(600)).user("u4", "Legal")));

        Snapshot examined = examine(ended, T0.plusSeconds(900));

        assertThat(examined.state()).isEqualTo(State.INCOMPLETE);
        assertThat(examined.reason()).contains("user has 60 stored, 59 captured");
    }

    @Test
    void aTypeThatShrinksMuchMakesTheSnapshotSuspect() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        arrive(states.published());
        Snapshot first = examine(end(CaptureMode.FULL), T0.plusSeconds(60));
        snapshots.settle(first);
        states.capture("c2", T0.plusSeconds(600));
        for (int i = 0; i < 20; i++) {
            states.delete(new StateKey("user", "u" + i), Deletion.SOFT);
        }
        arrive(states.published());

        Snapshot second = examine(end(CaptureMode.FULL), T0.plusSeconds(900));

        assertThat(second.state()).isEqualTo(State.SUSPECT);
        assertThat(second.suspect()).containsExactly("user shrank from 60 to 40, by 33 %");
    }

    @Test
    void statesSentTwiceInOneCaptureDoNotHinderItsSeal() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        Snapshot ended = end(CaptureMode.INCREMENTAL);

        arrive(states.published());
        arrive(states.published().subList(0, 10));

        assertThat(examine(ended, T0.plusSeconds(60)).state()).isEqualTo(State.SEALED);
    }

    @Test
    void statesThatNeverArriveAreGivenUpByName() {
        states.capture("c1", T0);
        users(USERS, "Sales");
        Snapshot ended = end(CaptureMode.FULL);
        arrive(states.published().subList(0, 50));

        Snapshot examined = examine(ended, T0.plus(Duration.ofDays(2)));

        assertThat(examined.state()).isEqualTo(State.INCOMPLETE);
        assertThat(examined.reason()).contains("user 50 of 60");
    }

    private void users(int count, String department) {
        for (int i = 0; i < count; i++) {
            states.user("u" + i, department);
        }
    }

    private Snapshot end(CaptureMode mode) {
        CaptureReport report = states.completed(mode, states.now().plusSeconds(30));
        new Captures(snapshots, Clock.fixed(T0, ZoneOffset.UTC)).completed(report);
        return snapshots.find(tenant, report.captureId()).orElseThrow();
    }

    private void arrive(List<ObjectState> arrived) {
        history.apply(tenant, arrived);
        List<Account.Entry> entries = new ArrayList<>();
        for (ObjectState state : arrived) {
            entries.add(new Account.Entry(offset++, state.key(), state.stateHash()));
        }
        accounts.add(tenant, arrived.get(0).captureId(), 0, entries);
    }

    private Snapshot examine(Snapshot snapshot, Instant now) {
        return new Sealer(history, accounts, snapshots, new TestConfig(), Clock.fixed(now, ZoneOffset.UTC))
                .examine(snapshot);
    }

    static final class TestConfig implements SealConfig {
        @Override
        public Duration every() {
            return Duration.ofSeconds(1);
        }

        @Override
        public double suspectShrink() {
            return 0.2;
        }

        @Override
        public long suspectAtLeast() {
            return 10;
        }

        @Override
        public int attempts() {
            return 12;
        }

        @Override
        public Duration longestPause() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration patience() {
            return Duration.ofHours(24);
        }
    }
}
