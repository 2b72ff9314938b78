package io.tidemark.simulator.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {

    @Test
    void itsTwoNumbersAreThoseOfTheText() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            Guid expected = new Guid(id.getMostSignificantBits(), id.getLeastSignificantBits());

            assertThat(Guid.usual(id.toString())).isEqualTo(expected);
            assertThat(Guid.anyCase(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(expected);
        }
    }

    @Test
    void onlyWhatGivesTheTextBackIsUsual() {
        assertThat(Guid.usual("0F8FAD5B-d9cb-469f-a165-70867728950e")).isNull();
        assertThat(Guid.anyCase("0F8FAD5B-d9cb-469f-a165-70867728950e")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0f8fad5b",
                "0f8fad5bd9cb469fa16570867728950e",
                "0f8fad5b-d9cb-469f-a165-70867728950",
                "0f8fad5b-d9cb-469f-a165-70867728950e0",
                "0f8fad5b-d9cb-469f-a165-70867728950g",
                "-f8fad5b-d9cb-469f-a165-70867728950e",
                "0f8fad5b_d9cb-469f-a165-70867728950e",
                "0f8fad5b-d9cb-469f-a165-7086772895\u0660\u0661",
                "0f8fad5b-d9cb-469fa-165-70867728950e"
            })
    void anythingElseIsNone(String text) {
        assertThat(Guid.usual(text)).isNull();
        assertThat(Guid.anyCase(text)).isNull();
    }
}
