package io.tidemark.directory.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.RandomTenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DirectoryDifferTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStateDoesNotDifferFromItself(long seed) {
        TenantState state = new RandomTenant(seed).state();

        assertThat(DirectoryDiffer.diff(state, new RandomTenant(seed).state())).isEmpty();
        assertThat(DirectoryDiffer.diff(state, state)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void applyingTheDiffLeadsFromBeforeToAfter(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        TenantState before = tenants.state();
        TenantState after = tenants.state();

        List<Change> changes = DirectoryDiffer.diff(before, after);

        assertThat(before.apply(changes)).isEqualTo(after);
        assertThat(changes.isEmpty()).isEqualTo(before.equals(after));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theReversedDiffLeadsBack(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        TenantState before = tenants.state();
        TenantState after = tenants.state();

        List<Change> back = DirectoryDiffer.diff(before, after).stream()
                .map(Change::reversed)
                .toList();

        assertThat(after.apply(back)).isEqualTo(before);
        assertThat(new HashSet<>(back)).isEqualTo(new HashSet<>(DirectoryDiffer.diff(after, before)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderInWhichChangesAreAppliedDoesNotMatter(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        TenantState before = tenants.state();
        TenantState after = tenants.state();
        List<Change> changes = new ArrayList<>(DirectoryDiffer.diff(before, after));

        Collections.reverse(changes);

        assertThat(before.apply(changes)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachKeyIsNamedOnceAndInOrder(long seed) {
        RandomTenant tenants = new RandomTenant(seed);

        List<Change> changes = DirectoryDiffer.diff(tenants.state(), tenants.state());

        assertThat(changes).extracting(Change::key).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aLinkThatChangesItsTargetIsOneGoneAndOneCome() {
        Link old = Link.of(LinkKind.USER_MANAGER, "u", "m1");
        Link now = Link.of(LinkKind.USER_MANAGER, "u", "m2");

        List<Change> changes =
                DirectoryDiffer.diff(new TenantState(Map.of(), Set.of(old)), new TenantState(Map.of(), Set.of(now)));

        assertThat(changes).containsExactly(new Change.Unlinked(old), new Change.Linked(now));
    }
}
