package io.tidemark.diff.seal;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuspicionIT {

    private static final Instant T0 = SampleStates.START;

    private final SnapshotStore snapshots = new MongoSnapshotStore(Database.client(), Database.fresh());
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Test
    void anAcceptedSnapshotIsTheMeasureOfTheNext() {
        settle("c1", T0, List.of());
        settle("c2", T0.plusSeconds(600), List.of("user shrank from 60 to 40, by 33 %"));

        assertThat(snapshots.doubted(tenant)).containsExactly("c2");
        assertThat(snapshots.lastTrusted(tenant)).map(Snapshot::id).contains("c1");

        snapshots.accept(tenant, "c2", new Acceptance("ada", "a site was closed", T0.plusSeconds(700)));

        assertThat(snapshots.doubted(tenant)).isEmpty();
        assertThat(snapshots.lastTrusted(tenant)).map(Snapshot::id).contains("c2");
        assertThat(snapshots.find(tenant, "c2").orElseThrow()).satisfies(accepted -> {
            assertThat(accepted.state()).isEqualTo(State.SEALED);
            assertThat(accepted.suspect()).hasSize(1);
        });
    }

    @Test
    void theFirstAcceptanceStays() {
        settle("c1", T0, List.of("group shrank"));
        Acceptance first = new Acceptance("ada", "planned", T0.plusSeconds(10));
        snapshots.accept(tenant, "c1", first);

        snapshots.accept(tenant, "c1", new Acceptance("bob", "too", T0.plusSeconds(20)));

        assertThat(snapshots.find(tenant, "c1").orElseThrow().remarks().accepted())
                .isEqualTo(first);
    }

    @Test
    void whatOperatorsSaidWhileASnapshotWasPendingOutlivesItsSeal() {
        Snapshot pending = ended("c1", T0);
        snapshots.remark(tenant, "c1", "before the merger", true);

        snapshots.settle(pending.sealed(List.of(), T0.plusSeconds(9)));

        assertThat(snapshots.find(tenant, "c1").orElseThrow()).satisfies(known -> {
            assertThat(known.state()).isEqualTo(State.SEALED);
            assertThat(known.remarks().label()).isEqualTo("before the merger");
            assertThat(known.remarks().pinned()).isTrue();
        });
    }

    @Test
    void whoNamesASnapshotTakesAwayNoPinThatSomebodyElseHasJustSet() {
        Snapshot unused = ended("c1", T0);
        snapshots.remark(tenant, "c1", null, true);

        snapshots.remark(tenant, "c1", "golden", null);

        Snapshot.Remarks remarks = snapshots.find(tenant, "c1").orElseThrow().remarks();
        assertThat(remarks.pinned()).isTrue();
        assertThat(remarks.label()).isEqualTo("golden");
    }

    @Test
    void aCaptureThatSaysItselfThatItIsNotWholeIsListedOnceSoThatOperatorsHearOfIt() {
        states.capture("c1", T0);
        CaptureReport report = states.completed(CaptureMode.INCREMENTAL, T0.plusSeconds(5));
        Captures captures = new Captures(snapshots, Clock.fixed(T0, ZoneOffset.UTC));

        captures.started(report);
        captures.incomplete(report);
        captures.incomplete(report);

        assertThat(snapshots.pending()).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo("c1");
            assertThat(listed.state()).isEqualTo(State.INCOMPLETE);
            snapshots.announced(listed);
        });
        captures.incomplete(report);
        captures.completed(report);
        assertThat(snapshots.pending()).isEmpty();
        assertThat(snapshots.find(tenant, "c1")).map(Snapshot::state).contains(State.INCOMPLETE);
    }

    @ParameterizedTest
    @CsvSource({"capture,{", "state,LOST", "notedAt,yesterday", "tenant,nobody"})
    void aStoredSnapshotThatCannotBeReadHoldsUpNoOther(String field, String altered) {
        String database = Database.fresh();
        SnapshotStore store = new MongoSnapshotStore(Database.client(), database);
        Captures captures = new Captures(store, Clock.fixed(T0, ZoneOffset.UTC));
        for (String id : List.of("c1", "c2", "c3")) {
            states.capture(id, T0.plusSeconds(id.charAt(1)));
            captures.completed(states.completed(CaptureMode.FULL, T0.plusSeconds(500)));
        }
        Database.client()
                .getDatabase(database)
                .getCollection("snapshots")
                .updateOne(Filters.eq("_id", tenant + "|c2"), Updates.set(field, altered));

        assertThat(store.pending()).extracting(Snapshot::id).containsExactlyInAnyOrder("c1", "c3");
        assertThat(store.list(tenant, 10, null).snapshots())
                .extracting(Snapshot::id)
                .containsExactly("c3", "c1");
    }

    @Test
    void aSealThatWasCutOffBeforeItsSnapshotBecameTheMeasureIsMadeGood() {
        String database = Database.fresh();
        SnapshotStore store = new MongoSnapshotStore(Database.client(), database);
        states.capture("c1", T0);
        CaptureReport report = states.completed(CaptureMode.FULL, T0.plusSeconds(5));
        new Captures(store, Clock.fixed(T0, ZoneOffset.UTC)).completed(report);
        store.settle(store.find(tenant, "c1").orElseThrow().sealed(List.of(), T0.plusSeconds(9)));
        Database.client()
                .getDatabase(database)
                .getCollection("snapshots_trusted")
                .drop();

        Snapshot found = store.pending().get(0);
        store.announced(found);

        assertThat(store.lastTrusted(tenant)).map(Snapshot::id).contains("c1");
    }

    private void settle(String id, Instant at, List<String> suspect) {
        snapshots.settle(ended(id, at).sealed(suspect, at.plusSeconds(9)));
    }

    private Snapshot ended(String id, Instant at) {
        states.capture(id, at);
        states.user("u1", "Sales");
        CaptureReport report = states.completed(CaptureMode.FULL, at.plusSeconds(5));
        new Captures(snapshots, Clock.fixed(T0, ZoneOffset.UTC)).completed(report);
        return snapshots.find(tenant, id).orElseThrow();
    }
}
