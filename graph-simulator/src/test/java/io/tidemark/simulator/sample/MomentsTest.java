package io.tidemark.simulator.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Moments and ids are spelled as the platform spells them. */
class MomentsTest {

    @Test
    void momentsReadAsTheClockWritesThem() {
        for (var number = 0; number < 2_000; number++) {
            var dice = new Dice(7, "moments", number);
            var days = dice.below(20_000);
            var seconds = dice.below(86_400);
            assertThat(Moments.daysAgo(days, seconds))
                    .isEqualTo(Moments.TODAY
                            .minus(Duration.ofDays(days))
                            .minusSeconds(seconds)
                            .toString());
            assertThat(Moments.daysAhead(days))
                    .isEqualTo(Moments.TODAY.plus(Duration.ofDays(days)).toString());
        }
        assertThat(Moments.daysAgo(0, 28_800)).isEqualTo("2026-01-05T00:00:00Z");
    }

    @Test
    void theSecurityIdentifierIsTheIdAsFourNumbers() {
        assertThat(SampleIds.securityIdentifier("010d3bcd-2729-4742-b634-37a13d63a4f8"))
                .isEqualTo("S-1-12-1-17644493-1195517737-2704749750-4171522877");
    }
}
