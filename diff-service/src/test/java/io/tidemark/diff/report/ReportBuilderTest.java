package io.tidemark.diff.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.Selection.ObjectKey;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.InMemoryHistoryStore;
import io.tidemark.diff.moved.Moves;
import io.tidemark.diff.moved.Window;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {

    private static final Instant T0 = SampleStates.START;
    private static final Instant T1 = T0.plusSeconds(3600);
    private static final Scope ALL = new Scope(List.of(), List.of());

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private final InMemoryHistoryStore store = new InMemoryHistoryStore();
    private final ReportCounts.Tally tally = new ReportCounts.Tally();

    @Test
    void aGroupThatLosesManyThousandMembersIsOneObjectInSeveralItems() {
        states.capture("c1", T0);
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\",\"description\":\"x\"}");
        for (int i = 0; i < 4500; i++) {
            states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u" + i), "user");
        }
        store.apply(tenant, states.published());
        states.capture("c2", T1);
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\",\"description\":\"y\"}");
        for (int i = 0; i < 4500; i++) {
            states.delete(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u" + i).key(), Deletion.HARD);
        }
        store.apply(tenant, states.published());

        List<ReportItem> items = build(ALL);

        assertThat(items).extracting(ReportItem::itemId).doesNotHaveDuplicates();
        assertThat(items).extracting(ReportItem::itemId).startsWith("group|g1", "group|g1#2");
        assertThat(items).extracting(ReportItem::name).containsOnly("All");
        ReportCounts counts = tally.counts();
        assertThat(counts.byType()).isEqualTo(Map.of("group", new ReportCounts.Actions(0, 1, 0, 0, 0)));
        assertThat(counts.byProperty()).isEqualTo(Map.of("group/description", 1L));
        assertThat(counts.byLink()).isEqualTo(Map.of("group.members", new ReportCounts.Links(0, 4500)));
        assertThat(counts.unattributed()).isEqualTo(new ReportCounts.Caused(1, 4501));
    }

    @Test
    void aScopeLeavesOutWhatItDoesNotName() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        store.apply(tenant, states.published());
        states.capture("c2", T1);
        states.user("u1", "Legal");
        states.user("u2", "Legal");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u2"), "user");
        store.apply(tenant, states.published());

        assertThat(build(new Scope(List.of("user"), List.of())))
                .extracting(ReportItem::itemId)
                .containsExactly("user|u1", "user|u2");
        assertThat(build(new Scope(List.of(), List.of(new ObjectKey("user", "u1")))))
                .extracting(ReportItem::itemId)
                .containsExactly("group|g1", "user|u1");
        assertThat(build(new Scope(List.of("group"), List.of())).get(0).links()).hasSize(2);
    }

    @Test
    void whatWentAndCameBackIsNoDifference() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        store.apply(tenant, states.published());
        states.capture("c2", T0.plusSeconds(60));
        states.delete(new StateKey("user", "u1"), Deletion.SOFT);
        store.apply(tenant, states.published());
        states.capture("c3", T1);
        states.user("u1", "Sales");
        store.apply(tenant, states.published());

        assertThat(build(ALL)).isEmpty();
    }

    @Test
    void whatWasReadInTwoStatesByTheCaptureOfAMomentIsFlaggedAsMoved() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        store.apply(tenant, states.published());
        states.capture("c2", T1);
        states.user("u1", "Legal");
        states.user("u2", "Legal");
        states.at(T1.plusMillis(500)).user("u2", "Board");
        store.apply(tenant, states.published());

        List<ReportItem> items = build(ALL, List.of(new Window(T1, T1.plusSeconds(1))));

        assertThat(items)
                .filteredOn(ReportItem::moved)
                .extracting(ReportItem::id)
                .containsExactly("u2");
        assertThat(build(ALL, List.of(new Window(T1.plusMillis(1), T1.plusSeconds(1)))))
                .extracting(ReportItem::moved)
                .containsOnly(false);
    }

    private List<ReportItem> build(Scope scope) {
        return build(scope, List.of());
    }

    private List<ReportItem> build(Scope scope, List<Window> windows) {
        List<ReportItem> items = new ArrayList<>();
        SilentLog log = new SilentLog();
        var comparison = new ReportBuilder.Comparison(tenant, T0.plusSeconds(1), T1.plusSeconds(1), windows);
        new ReportBuilder(new History(store), (of, at) -> true, log, new Moves(log, store))
                .build(comparison, scope, items::addAll);
        items.forEach(tally::add);
        return items;
    }

    /** An audit log that says nothing. */
    private static final class SilentLog implements ChangeStore {
        @Override
        public void add(TenantId tenant, List<ChangeRecorded> changes) {
            throw new AssertionError("a report writes nothing into the log");
        }

        @Override
        public Map<StateKey, List<ChangeRecorded>> find(
                TenantId tenant, Collection<StateKey> keys, Instant after, Instant until) {
            return Map.of();
        }

        @Override
        public void eachWithin(TenantId tenant, Instant from, Instant to, StateKey after, Visitor visitor) {
            // Nothing happened.
        }
    }
}
