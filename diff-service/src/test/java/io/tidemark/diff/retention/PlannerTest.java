package io.tidemark.diff.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.retention.KeptMoment.Why;
import io.tidemark.diff.seal.DroppedSnapshot.Rule;
import io.tidemark.diff.seal.Snapshot.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final Policy POLICY = new Policy(Duration.ofDays(7), 7, 2, 2, 1);

    private final List<SnapshotLine> lines = new ArrayList<>();

    @Test
    void theFirstGoodFullSnapshotOfEachDayWeekAndMonthIsKept() {
        for (int hour = 24 * 160; hour > 7 * 24; hour -= 12) {
            full("h" + hour, hour);
        }

        Plan plan = plan(Set.of());

        List<Instant> kept = plan.kept().stream().map(KeptMoment::instant).toList();
        assertThat(plan.since()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        assertThat(because(plan, Why.DAILY)).hasSize(8);
        assertThat(because(plan, Why.WEEKLY))
                .containsExactly(
                        Instant.parse("2026-05-04T00:00:00Z"),
                        Instant.parse("2026-05-11T00:00:00Z"),
                        Instant.parse("2026-05-18T00:00:00Z"),
                        Instant.parse("2026-05-25T00:00:00Z"));
        assertThat(because(plan, Why.MONTHLY))
                .containsExactly(
                        Instant.parse("2026-03-01T00:00:00Z"),
                        Instant.parse("2026-04-01T00:00:00Z"),
                        Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(kept).hasSize(plan.kept().size()).isSorted();
        assertThat(plan.drops()).allMatch(drop -> drop.rule() == Rule.NOT_FIRST);
        assertThat(plan.drops().size() + kept.size()).isEqualTo(lines.size());
    }

    @Test
    void nobodyPushesOutTheFirstOfADayByOrderingMore() {
        full("first", 24 * 10);
        for (int i = 1; i < 50; i++) {
            line("more" + i, NOW.minus(Duration.ofDays(10)).plusSeconds(i), CaptureMode.FULL, State.SEALED, false);
        }

        assertThat(plan(Set.of()).kept())
                .singleElement()
                .satisfies(moment -> assertThat(moment.snapshot()).isEqualTo("first"));
    }

    @Test
    void pinnedOpenAndLastGoodOnesStayWhateverTheyAreAndAllElseSaysWhyItGoes() {
        Instant old = NOW.minus(Duration.ofDays(400));
        line("pinned", old, CaptureMode.TARGETED, State.SEALED, true);
        line("last", old.plusSeconds(100), CaptureMode.FULL, State.SEALED, false);
        line("open", old.plusSeconds(200), CaptureMode.INCREMENTAL, State.SEALED, false);
        line("incremental", old.plusSeconds(300), CaptureMode.INCREMENTAL, State.SEALED, false);
        line("incomplete", old.plusSeconds(400), CaptureMode.FULL, State.INCOMPLETE, false);
        line("pinned incomplete", old.plusSeconds(450), CaptureMode.FULL, State.INCOMPLETE, true);
        line("full", old.plusSeconds(500), CaptureMode.FULL, State.SEALED, false);
        line("pending", old.plusSeconds(600), CaptureMode.FULL, State.SUSPECT, false);

        Plan plan = new Planner(POLICY, NOW).plan(known(Set.of("last"), Set.of("open"), Set.of(), null, false));

        assertThat(plan.kept()).extracting(KeptMoment::snapshot).containsExactly("pinned", "last", "open", "pending");
        assertThat(plan.drops())
                .extracting(drop -> drop.snapshot().id() + " " + drop.rule())
                .containsExactly("incremental NOT_FULL", "incomplete NOT_SEALED", "full NOT_FIRST");
    }

    @Test
    void whatWasSealedLatelyStaysWithAllThatLedToItHoweverOldItsMoment() {
        Instant read = NOW.minus(Duration.ofDays(300));
        lines.add(new SnapshotLine(
                "brought back",
                read.minusSeconds(30),
                read,
                CaptureMode.FULL,
                State.SEALED,
                false,
                NOW.minus(Duration.ofDays(1))));

        Plan plan = plan(Set.of());

        assertThat(plan.since()).isEqualTo(read);
        assertThat(plan.drops()).isEmpty();
        assertThat(plan.straddling()).isEqualTo(read.minusSeconds(30));
    }

    @Test
    void aMomentThatWasGivenUpIsNeverKeptAgain() {
        Instant asked = NOW.minus(Duration.ofDays(100));

        assertThat(plan(Set.of(asked)).kept()).hasSize(1);
        assertThat(new Planner(POLICY, NOW)
                        .plan(known(Set.of(), Set.of(), Set.of(asked), NOW.minus(Duration.ofDays(8)), false))
                        .kept())
                .isEmpty();
    }

    @Test
    void theWindowNeverMovesBack() {
        Instant before = NOW.minus(Duration.ofDays(1));

        assertThat(new Planner(POLICY, NOW)
                        .plan(known(Set.of(), Set.of(), Set.of(), before, true))
                        .since())
                .isEqualTo(before);
    }

    private static List<Instant> because(Plan plan, Why why) {
        return plan.kept().stream()
                .filter(moment -> moment.why().contains(why))
                .map(KeptMoment::instant)
                .toList();
    }

    private Plan plan(Set<Instant> referred) {
        return new Planner(POLICY, NOW).plan(known(Set.of(), Set.of(), referred, null, false));
    }

    private Planner.Known known(
            Set<String> last, Set<String> open, Set<Instant> referred, Instant since, boolean isKept) {
        return new Planner.Known(lines, Instant.MAX, last, open, Set.of(), referred, since, instant -> isKept);
    }

    private void full(String id, int hoursAgo) {
        line(id, NOW.minus(Duration.ofHours(hoursAgo)), CaptureMode.FULL, State.SEALED, false);
    }

    private void line(String id, Instant at, CaptureMode mode, State state, boolean pinned) {
        lines.add(new SnapshotLine(id, at, at, mode, state, pinned, at));
    }
}
