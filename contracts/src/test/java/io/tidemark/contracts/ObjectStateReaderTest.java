package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStateReaderTest {

    private static final ObjectMapper MAPPER = MessageCodec.mapper();
    private static final String[] TEXTS = {
        "", "plain", "a\"b\\c/d", "\n\t\u0001", "Zoë Müller", "漢字", "\uD83D\uDE00", "{\"x\":1}", "null"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "1.50",
        "12345678901234567890.10",
        "[]",
        "{}",
        "[1,{\"a\":[null,\"x\"]}]",
        "{\"b\":{\"c\":\"\"}}"
    };

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWeWriteIsReadAsTheMapperReadsIt(long seed) throws IOException {
        byte[] written = MAPPER.writeValueAsBytes(state(new Random(seed)));

        ObjectState read = ObjectStateReader.read(MAPPER.getFactory(), written);

        assertThat(read).isNotNull().isEqualTo(MAPPER.readValue(written, ObjectState.class));
        assertThat(MAPPER.writeValueAsBytes(read)).isEqualTo(written);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverElseIsReadIsReadAsTheMapperReadsIt(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] altered = MAPPER.writeValueAsBytes(state(random));
        int at = random.nextInt(altered.length);
        altered[at] = (byte) " {}[],:\"0xnX\\".charAt(random.nextInt(13));

        ObjectState read = ObjectStateReader.read(MAPPER.getFactory(), altered);

        if (read != null) {
            assertThat(read).isEqualTo(MAPPER.readValue(altered, ObjectState.class));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\":\"full\"}",
                "{\"objectId\":7}",
                "{\"deleted\":\"soft\"}",
                "{\"causedBy\":null}",
                "{\"body\":null}",
                "{\"stateHash\":null}",
                "{\"added\":{\"in\":[\"a\",\"later\",\"version\"]}}"
            })
    void unusualSpellingsAreReadAsEver(String unusual) throws IOException {
        ObjectState usual = state(new Random(1));
        JsonObject members = JsonText.parseObject(MAPPER.writeValueAsString(usual));
        for (Map.Entry<String, JsonValue> member :
                JsonText.parseObject(unusual).members().entrySet()) {
            members = members.with(member.getKey(), member.getValue());
        }
        byte[] value = JsonText.bytes(members);

        assertThat(ObjectStateReader.read(MAPPER.getFactory(), value)).isNull();
        assertThat(message(value)).isEqualTo(MAPPER.readValue(value, ObjectState.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tenantId\":\"t\"",
                "\"causedBy\":[]",
                "\"source\":\"FULL\"",
                "\"body\":{}",
                "\"body\":{\"a\":1,\"b\":{\"c\":1,\"c\":2}}"
            })
    void aNameThatComesTwiceIsRefused(String twice) throws JsonProcessingException {
        String usual = MAPPER.writeValueAsString(present());
        byte[] value = (usual.substring(0, usual.length() - 1) + "," + twice + "}").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> message(value)).isInstanceOf(ContractException.class);
    }

    @Test
    void aNameThatComesTwiceInABodyIsRefused() throws JsonProcessingException {
        String usual = MAPPER.writeValueAsString(present());
        byte[] value = usual.replace("\"body\":{", "\"body\":{\"x\":{\"a\":1,\"b\":2,\"a\":null},")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> message(value)).isInstanceOf(ContractException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"objectId", "source"})
    void whatLacksAPartIsRefusedByItsName(String part) throws JsonProcessingException {
        JsonObject usual = JsonText.parseObject(MAPPER.writeValueAsString(present()));

        for (JsonObject lacking : List.of(usual.without(part), usual.with(part, JsonNull.NULL))) {
            assertThatThrownBy(() -> message(JsonText.bytes(lacking)))
                    .isInstanceOf(ContractException.class)
                    .hasMessageEndingWith("lacks /" + part);
        }
    }

    @Test
    void aClaimIsReadAsEver() throws JsonProcessingException {
        ObjectState claimed = state(new Random(1)).claimed(new BodyClaim("ab".repeat(32), 300_000));

        assertThat(message(MAPPER.writeValueAsBytes(claimed))).isEqualTo(claimed);
    }

    private static ObjectState present() {
        JsonObject body = JsonObject.EMPTY.with("id", new JsonString("u1"));
        return new ObjectState("t", "user", "u1", "h", "c", Source.FULL, Instant.EPOCH, null, body, List.of("audit-1"));
    }

    private static Object message(byte[] value) {
        Map<String, String> headers = Map.of(
                MessageCodec.ID, "i",
                MessageCodec.TYPE, EventType.OBJECT_STATE.ceType(),
                MessageCodec.SOURCE, "s",
                MessageCodec.SUBJECT, "s",
                MessageCodec.TIME, "2026-05-01T10:02:00Z");
        return MessageCodec.read("k", headers, value).data();
    }

    private static ObjectState state(Random random) {
        boolean deleted = random.nextInt(4) == 0;
        List<String> causes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            causes.add(text(random));
        }
        return new ObjectState(
                text(random),
                text(random),
                text(random),
                deleted ? null : text(random),
                text(random),
                Source.values()[random.nextInt(Source.values().length)],
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                deleted ? Deletion.values()[random.nextInt(2)] : null,
                deleted ? null : body(random),
                causes);
    }

    private static JsonObject body(Random random) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            JsonValue value = random.nextBoolean()
                    ? new JsonString(text(random))
                    : JsonText.parse(VALUES[random.nextInt(VALUES.length)].getBytes(StandardCharsets.UTF_8));
            members.put(text(random) + i, value);
        }
        return new JsonObject(members);
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
