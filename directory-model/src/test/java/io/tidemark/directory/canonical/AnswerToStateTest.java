package io.tidemark.directory.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.SpelledValue.Spelling;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the bytes of an answer to the text that is kept and the form that is compared, for everything that JSON can say. */
class AnswerToStateTest {

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsKeptSaysDigitByDigitWhatTheAnswerSaid(long seed) {
        SpelledValue said = SpelledValue.anObject(new Random(seed));

        JsonObject read = read(said, new Random(seed + 1), Spelling.WILD);

        assertThat(JsonText.text(read)).isEqualTo(said.spelled(new Random(0), Spelling.PLAIN));
        assertThat(JsonText.text(JsonText.parse(JsonText.bytes(read)))).isEqualTo(JsonText.text(read));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void howAnAnswerIsSpelledMakesNoDifference(long seed) {
        SpelledValue said = SpelledValue.anObject(new Random(seed));
        ObjectKind kind = kind(seed);

        String one = canonical(kind, read(said, new Random(seed + 1), Spelling.WILD));
        String other = canonical(kind, read(said, new Random(seed + 2), Spelling.SHUFFLED));

        assertThat(one).isEqualTo(other);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noOtherValueComparesAsTheSame(long seed) {
        Random dice = new Random(seed);
        SpelledValue said = SpelledValue.anObject(dice);
        SpelledValue other = said.withOneOtherLeaf(dice);
        ObjectKind kind = kind(seed);

        assertThat(canonical(kind, read(other, new Random(1), Spelling.WILD)))
                .isNotEqualTo(canonical(kind, read(said, new Random(1), Spelling.WILD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.50", "1e400", "-0.0", "12345678901234567890", "0.10000000000000000000000001"})
    void aNumberKeepsItsDigits(String number) {
        assertThat(JsonText.text(JsonText.parse(bytes("{\"n\":" + number + "}"))))
                .isEqualTo("{\"n\":" + number + "}");
    }

    @Test
    void halfACharacterIsKeptAsItsNumberAndComparedAsItself() {
        JsonObject high = (JsonObject) JsonText.parse(bytes("{\"displayName\":\"a\\ud83db\\\"\\ude00\"}"));
        JsonObject whole = (JsonObject) JsonText.parse(bytes("{\"displayName\":\"\\ud83d\\ude00\"}"));

        assertThat(JsonText.text(high)).isEqualTo("{\"displayName\":\"a\\uD83Db\\\"\\uDE00\"}");
        assertThat(JsonText.parse(JsonText.bytes(high))).isEqualTo(high);
        assertThat(Canonicaliser.hash(ObjectKind.USER, high))
                .isNotEqualTo(Canonicaliser.hash(ObjectKind.USER, whole))
                .isNotEqualTo(Canonicaliser.hash(
                        ObjectKind.USER, JsonObject.EMPTY.with("displayName", new JsonString("a?b\"?"))));
    }

    @Test
    void aNameWithHalfACharacterIsRefusedAsBroken() {
        assertThatThrownBy(() -> JsonText.parse(bytes("{\"\\ud83d\":1}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("JSON text is broken at line 1");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] broken = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};

        assertThatThrownBy(() -> JsonText.parse(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVeryLongTextIsKept() {
        String text = "x\\u0000é".repeat(500_000);

        JsonObject read = (JsonObject) JsonText.parse(bytes("{\"notes\":\"" + text + "\"}"));

        assertThat(read.findString("notes").orElseThrow()).hasSize(1_500_000);
        assertThat(JsonText.parse(JsonText.bytes(read))).isEqualTo(read);
    }

    private static ObjectKind kind(long seed) {
        return List.of(
                        ObjectKind.CONDITIONAL_ACCESS_POLICY,
                        ObjectKind.DEVICE_CONFIGURATION,
                        ObjectKind.AUTHENTICATION_METHOD,
                        ObjectKind.NAMED_LOCATION,
                        ObjectKind.USER)
                .get((int) (seed % 5));
    }

    private static String canonical(ObjectKind kind, JsonObject read) {
        return JsonText.text(Canonicaliser.canonical(kind, read));
    }

    private static JsonObject read(SpelledValue said, Random dice, Spelling spelling) {
        return (JsonObject) JsonText.parse(bytes(said.spelled(dice, spelling)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
