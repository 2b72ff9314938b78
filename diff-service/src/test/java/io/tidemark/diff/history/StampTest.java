package io.tidemark.diff.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

    @Test
    void whateverIsWrittenIsReadAgain() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-62_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));

            assertThat(Stamp.parse(Stamp.text(instant))).isEqualTo(instant);
        }
    }

    @Test
    void everyMomentIsWrittenWithNineDigitsOfItsSecond() {
        DateTimeFormatter usual =
                new DateTimeFormatterBuilder().appendInstant(9).toFormatter();
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-80_000_000_000L, 270_000_000_000L), random.nextInt(1_000_000_000));

            assertThat(Stamp.text(instant)).isEqualTo(usual.format(instant));
        }
        for (String edge : new String[] {
            "-0001-12-31T23:59:59.999999999Z",
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59.999999999Z",
            "+10000-01-01T00:00:00Z"
        }) {
            assertThat(Stamp.text(Instant.parse(edge))).isEqualTo(usual.format(Instant.parse(edge)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-01T10:00:00Z",
                "2026-05-01T10:00:00.25Z",
                "2026-05-01T24:00:00Z",
                "2024-02-29T23:59:59.999999999Z",
                "+12026-05-01T10:00:00.000000000Z"
            })
    void otherSpellingsAreReadAsTheyAlwaysWere(String text) {
        assertThat(Stamp.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T10:00:00.000000000Z",
                "2026-02-30T10:00:00.000000000Z",
                "2026-05-01T10:61:00.000000000Z",
                "2026-05-01 10:00:00.000000000Z",
                "2026-05-01T10:00:00.00000000aZ"
            })
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> Stamp.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
