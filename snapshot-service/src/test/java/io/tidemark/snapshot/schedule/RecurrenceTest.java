package io.tidemark.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    @ParameterizedTest
    @CsvSource({
        "PT5M, 2026-03-01T10:00:00Z, 2026-03-01T10:04:59Z,",
        "PT5M, 2026-03-01T10:00:00Z, 2026-03-01T10:05:00Z, 2026-03-01T10:05:00Z",
        "PT5M, 2026-03-01T10:00:00Z, 2026-03-01T10:17:00Z, 2026-03-01T10:15:00Z",
        "30 2 * * *, 2026-03-01T02:30:00Z, 2026-03-02T02:29:59Z,",
        "30 2 * * *, 2026-03-01T02:30:00Z, 2026-03-02T02:30:00Z, 2026-03-02T02:30:00Z",
        "30 2 * * *, 2026-03-01T02:30:00Z, 2026-03-05T01:00:00Z, 2026-03-04T02:30:00Z",
        "*/5 8-18 * * 1-5, 2026-03-06T18:55:00Z, 2026-03-08T12:00:00Z,",
        "*/5 8-18 * * 1-5, 2026-03-06T18:55:00Z, 2026-03-09T08:07:31Z, 2026-03-09T08:05:00Z",
        // Clocks that people change in spring and autumn change nothing: times are UTC, and none falls due twice or
        // never.
        "30 2 * * *, 2026-03-28T02:30:00Z, 2026-03-29T02:30:00Z, 2026-03-29T02:30:00Z",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z,",
        "30 2 * * *, 2026-10-25T01:30:00Z, 2026-10-25T02:30:00Z, 2026-10-25T02:30:00Z",
        "off, 2026-03-01T10:00:00Z, 2027-03-01T10:00:00Z,"
    })
    void onlyTheNewestMomentSinceTheLastOneIsDue(String text, Instant last, Instant now, Instant due) {
        assertThat(Recurrence.parse(text, ZoneOffset.UTC).due(last, now).orElse(null))
                .isEqualTo(due);
    }

    @Test
    void aMomentFallsDueOnce() {
        Recurrence nightly = Recurrence.parse("30 2 * * *", ZoneOffset.UTC);
        Instant now = Instant.parse("2026-03-02T02:30:00Z");

        Instant due = nightly.due(now.minusSeconds(86_400), now).orElseThrow();

        assertThat(nightly.due(due, now.plusSeconds(10))).isEmpty();
        assertThat(nightly.due(due, now.plusSeconds(3_600))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // In winter an hour after UTC, in summer two.
        "30 2 * * *, 2026-03-27T01:30:00Z, 2026-03-28T01:29:59Z,",
        "30 2 * * *, 2026-03-27T01:30:00Z, 2026-03-28T01:30:00Z, 2026-03-28T01:30:00Z",
        // On 29 March there is no 2:30: clocks go from 2:00 to 3:00.
        "30 2 * * *, 2026-03-28T01:30:00Z, 2026-03-29T00:59:59Z,",
        "30 2 * * *, 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z",
        "30 2 * * *, 2026-03-29T01:00:00Z, 2026-03-29T01:30:00Z,",
        "30 2 * * *, 2026-03-29T01:00:00Z, 2026-03-30T00:29:59Z,",
        "30 2 * * *, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z, 2026-03-30T00:30:00Z",
        // On 25 October it is 2:30 twice.
        "30 2 * * *, 2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-25T01:00:00Z,",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z,",
        "30 2 * * *, 2026-10-24T00:30:00Z, 2026-10-25T01:10:00Z, 2026-10-25T00:30:00Z",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-26T01:29:59Z,",
        "30 2 * * *, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z, 2026-10-26T01:30:00Z"
    })
    void timesAreMeantByTheClocksOfTheirZone(String text, Instant last, Instant now, Instant due) {
        assertThat(Recurrence.parse(text, ZoneId.of("Europe/Berlin"))
                        .due(last, now)
                        .orElse(null))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-25T00:00:00Z, 2026-04-01T00:00:00Z", "2026-10-22T00:00:00Z, 2026-10-29T00:00:00Z"})
    void aDailyTimeIsRunOnceADayThroughTheChangesOfSummerTime(Instant from, Instant to) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Recurrence nightly = Recurrence.parse("30 2 * * *", berlin);
        List<LocalDate> days = new ArrayList<>();
        Instant last = from;
        for (Instant now = from; now.isBefore(to); now = now.plusSeconds(5)) {
            Optional<Instant> due = nightly.due(last, now);
            if (due.isPresent()) {
                last = due.get();
                days.add(LocalDate.ofInstant(last, berlin));
            }
        }

        assertThat(days).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNoZoneIsRefusedByName() {
        assertThatThrownBy(() -> Recurrence.zone("Berlin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Berlin");
        assertThat(Recurrence.zone(" Europe/Berlin ")).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hourly", "PT0S", "-PT1H", "61 2 * * *", "30 2 * *", "", "1 2 3 4 5 6"})
    void whatIsNoTimeIsRefusedByName(String text) {
        assertThatThrownBy(() -> Recurrence.parse(text, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "30 2 * * *"})
    void whatAClockThatWasWrongHasNotedHoldsUpNothing(String text) {
        Recurrence recurrence = Recurrence.parse(text, ZoneOffset.UTC);
        Instant now = Instant.parse("2026-05-03T10:00:00Z");

        Instant due = recurrence.due(now.plus(Duration.ofDays(42)), now).orElseThrow();

        assertThat(due).isBeforeOrEqualTo(now);
        assertThat(recurrence.due(due, now)).isEmpty();
        // Another machine may be ahead a little.
        assertThat(recurrence.due(now.plusSeconds(60), now)).isEmpty();
    }
}
