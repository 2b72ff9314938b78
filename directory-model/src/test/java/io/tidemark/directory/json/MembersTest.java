package io.tidemark.directory.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MembersTest {

    private static final int NAMES = 60;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theyAreWhatAMapInTheSameOrderIs(long seed) {
        Random dice = new Random(seed);
        Map<String, JsonValue> map = new LinkedHashMap<>();
        Members.Builder gathered = new Members.Builder(dice.nextInt(5));
        for (int i = dice.nextInt(100); i > 0; i--) {
            String name = "n" + dice.nextInt(NAMES);
            JsonValue value = JsonNumber.of(i);
            assertThat(gathered.add(name, value)).isEqualTo(map.putIfAbsent(name, value) == null);
        }
        Members members = gathered.build();

        assertThat(members).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
        assertThat(map).isEqualTo(members);
        assertThat(members.keySet()).containsExactlyElementsOf(map.keySet());
        assertThat(members.values()).containsExactlyElementsOf(map.values());
        for (int i = 0; i < NAMES; i++) {
            assertThat(members.get("n" + i)).isSameAs(map.get("n" + i));
            assertThat(members.containsKey("n" + i)).isEqualTo(map.containsKey("n" + i));
        }
        assertThat(Members.copyOf(map)).isEqualTo(members);
    }

    @Test
    void nobodyCanChangeThem() {
        JsonObject object = JsonText.parseObject("{\"a\":1,\"b\":2}");
        Map<String, JsonValue> members = object.members();

        assertThatThrownBy(() -> members.put("c", JsonNull.NULL)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> members.entrySet().iterator().next().setValue(JsonNull.NULL))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(members::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
