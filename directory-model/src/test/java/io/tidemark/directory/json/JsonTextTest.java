package io.tidemark.directory.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.RandomTenant;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadBack(long seed) {
        RandomTenant tenants = new RandomTenant(seed);
        JsonObject value = tenants.properties(tenants.kind());

        String text = JsonText.text(value);

        assertThat(JsonText.parse(text)).isEqualTo(value);
        assertThat(JsonText.text(JsonText.parse(text))).isEqualTo(text);
        assertThat(JsonText.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.0",
                "1.50",
                "1e2",
                "1E+2",
                "-12.340e-5",
                "12345678901234567890.123456789012345678901"
            })
    void aNumberKeepsItsSpelling(String number) {
        assertThat(JsonText.text(JsonText.parse("[" + number + "]"))).isEqualTo("[" + number + "]");
    }

    @Test
    void numbersAreEqualByValue() {
        assertThat(new JsonNumber("2.50")).isEqualTo(new JsonNumber("2.5")).hasSameHashCodeAs(new JsonNumber("25e-1"));
        assertThat(new JsonNumber("-0.0")).isEqualTo(new JsonNumber("0"));
        assertThat(new JsonNumber("0.1")).isNotEqualTo(new JsonNumber("0.10000000000000000000001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1", "1.", ".5", "01", "NaN", "Infinity", "0x1", "1_0", "٣", "1e99999999999"})
    void whatIsNoJsonNumberIsRefused(String text) {
        assertThatThrownBy(() -> new JsonNumber(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOrderOfMembersIsKeptButDoesNotCount() {
        JsonValue one = JsonText.parse("{\"b\":1,\"a\":2}");
        JsonValue other = JsonText.parse("{\"a\":2,\"b\":1}");

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(JsonText.text(one)).isEqualTo("{\"b\":1,\"a\":2}");
    }

    @Test
    void nullMissingEmptyTextAndEmptyListAreFourThings() {
        JsonObject object = JsonText.parseObject("{\"a\":null,\"b\":\"\",\"c\":[]}");

        assertThat(object.find("a")).contains(JsonNull.NULL);
        assertThat(object.find("b")).contains(new JsonString(""));
        assertThat(object.find("c")).contains(JsonArray.EMPTY);
        assertThat(object.find("d")).isEmpty();
        assertThat(object.findString("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"secret\":}",
                "{\"secret\":1,\"secret\":2}",
                "{\"a\":{\"secret\":1,\"secret\":1}}",
                "{\"a\":1} secret",
                "{\"a\":1}{\"a\":2}",
                "secret",
                "{'secret':1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "\"secret"
            })
    void whatIsNotOneValueIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> JsonText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("secret");
    }

    @Test
    void theRefusalNamesThePlace() {
        assertThatThrownBy(() -> JsonText.parse("{\"a\":1,\n \"b\":x}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("JSON text is broken at line 2, column ");
    }

    @Test
    void depthIsBounded() {
        int deepest = JsonText.DEEPEST;

        assertThat(JsonText.parse("[".repeat(deepest) + "]".repeat(deepest))).isInstanceOf(JsonArray.class);
        assertThatThrownBy(() -> JsonText.parse("[".repeat(deepest + 1) + "]".repeat(deepest + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonText.parse("[".repeat(1_000_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAnObjectIsAnObject() {
        assertThatThrownBy(() -> JsonText.parseObject("[]")).hasMessage("JSON text is not an object");
    }
}
