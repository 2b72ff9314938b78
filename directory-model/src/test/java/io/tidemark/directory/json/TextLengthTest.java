package io.tidemark.directory.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLengthTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[[[[]]]]",
                "null",
                "true",
                "false",
                "-1.5e300",
                "\"\\u0000\\u0001\\u001f\"",
                "\"\u20ac\uD83D\uDE00\"",
                "{\"\":[null,false,{\"a\":\"\"}],\"\\n\":1}"
            })
    void whatIsSaidNotToExceedALengthDoesNot(String text) {
        JsonValue value = JsonText.parse(text);
        int length = JsonText.bytes(value).length;

        for (int limit : List.of(0, 1, length - 1)) {
            assertThat(TextLength.mayExceed(value, limit)).isTrue();
        }
        assertThat(TextLength.mayExceed(value, 100L * length)).isFalse();
    }
}
