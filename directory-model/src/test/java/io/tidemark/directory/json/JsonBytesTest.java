package io.tidemark.directory.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.directory.RandomTenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBytesTest {

    private static final int LONGEST = 40;
    private static final List<String> ODD = List.of(
            "",
            "\"",
            "\\",
            "/",
            "\u0000",
            "\u001f",
            "\b\t\n\f\r",
            "\u007f",
            "\u0080",
            "é",
            "\u07ff",
            "\u0800",
            "\u2028",
            "\ufeff",
            "\uffff",
            "😀",
            "\ud83d",
            "\ude00",
            "\ude00\ud83d");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aValueIsWrittenToTheByteAsTheGeneratorWritesIt(long seed) throws IOException {
        RandomTenant tenants = new RandomTenant(seed);
        JsonObject value = tenants.properties(tenants.kind());

        assertThat(written(value)).isEqualTo(generated(value));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void soAreOddTextsAndNames(long seed) throws IOException {
        Random dice = new Random(seed);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            members.put(text(dice), new JsonString(text(dice)));
        }
        JsonObject value = new JsonObject(members);

        assertThat(written(value)).isEqualTo(generated(value));
    }

    @Test
    void everyCharacterIsWrittenAsTheGeneratorWritesIt() throws IOException {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            JsonString value = new JsonString("a" + (char) c);
            assertThat(new JsonBytes(1).value(value).toBytes()).as("%x", c).isEqualTo(generatedBytes(value));
        }
    }

    private static String text(Random dice) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(LONGEST); i > 0; i--) {
            if (dice.nextInt(10) == 0) {
                text.append(ODD.get(dice.nextInt(ODD.size())));
            } else {
                text.append((char) ('a' + dice.nextInt(26)));
            }
        }
        return text.toString();
    }

    private static String written(JsonValue value) {
        return new String(new JsonBytes(1).value(value).toBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String generated(JsonValue value) throws IOException {
        return new String(generatedBytes(value), StandardCharsets.ISO_8859_1);
    }

    private static byte[] generatedBytes(JsonValue value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonText.factory().createGenerator(out)) {
            JsonText.write(generator, value);
        }
        return out.toByteArray();
    }
}
