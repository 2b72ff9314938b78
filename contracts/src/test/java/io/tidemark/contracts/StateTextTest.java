package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateTextTest {

    private static final List<String> TEXTS = List.of(
            "a5c8f7d2-5a3a-4a5e-9d3c-1f2e3d4c5b6a",
            "a5c8f7d2-5a3a-4a5e-9d3c-1f2e3d4c5b6a~1f2e3d4c-5a3a-4a5e-9d3c-a5c8f7d25b6a",
            "lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9SGHI-1",
            "",
            "a \"quoted\" \\ name",
            "größe",
            "😀",
            "\ud83d",
            "\u0001\n\u2028");

    private static final List<String> BODIES = List.of(
            "{\"targetType\":\"user\"}",
            "{}",
            "{\"id\":\"1\",\"größe\":1.50,\"list\":[1,[],{\"a\":null}],\"text\":\"\\u0000\\ud83d\\ude00\",\"flag\":true}");

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStateIsWrittenToTheByteAsTheMapperWritesIt(long seed) throws JsonProcessingException {
        Random dice = new Random(seed);
        ObjectState state = new ObjectState(
                one(dice, TEXTS),
                one(dice, TEXTS),
                one(dice, TEXTS),
                perhaps(dice, one(dice, TEXTS)),
                one(dice, TEXTS),
                Source.values()[dice.nextInt(Source.values().length)],
                Instant.ofEpochMilli(dice.nextLong() >> 20),
                perhaps(dice, Deletion.values()[dice.nextInt(Deletion.values().length)]),
                perhaps(dice, body(dice)),
                perhaps(dice, BodyClaim.of(one(dice, BODIES).getBytes(StandardCharsets.UTF_8))),
                TEXTS.subList(0, dice.nextInt(TEXTS.size())));

        assertThat(new String(StateText.of(state), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(MessageCodec.mapper().writeValueAsBytes(state), StandardCharsets.ISO_8859_1));
    }

    private static JsonObject body(Random dice) {
        return JsonText.parseObject(one(dice, BODIES));
    }

    private static <T> T one(Random dice, List<T> of) {
        return of.get(dice.nextInt(of.size()));
    }

    private static <T> @Nullable T perhaps(Random dice, T value) {
        return dice.nextBoolean() ? value : null;
    }
}
