package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldenMessagesTest {

    private static final String NEWEST = "v1";

    @ParameterizedTest
    @EnumSource
    void theNewestVersionIsWhatWeSend(EventType type) {
        Golden golden = Golden.of(type, NEWEST);

        Event<?> event = golden.read();

        assertThat(JsonText.parse(MessageCodec.value(event))).isEqualTo(golden.value());
        assertThat(MessageCodec.headers(event)).isEqualTo(golden.headers());
        assertThat(event.key()).isEqualTo(golden.key());
    }

    @ParameterizedTest
    @EnumSource
    void aGoldenSampleFitsItsSchema(EventType type) throws IOException {
        Golden golden = Golden.of(type, NEWEST);

        assertThat(faults(type, golden.value())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaNoticesEachMissingRequiredField(EventType type) throws IOException {
        Golden golden = Golden.of(type, NEWEST);

        for (String field : required(type)) {
            assertThat(faults(type, golden.value().without(field)))
                    .as("without %s", field)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fieldsOfLaterVersionsAreIgnored(EventType type) {
        Golden golden = Golden.of(type, NEWEST);
        boolean open = golden.read().data() instanceof JsonObject;
        JsonObject future = (JsonObject) withFutureFields(golden.value());

        Event<?> event = golden.with(future).read();

        if (!open) {
            assertThat(event.data())
                    .hasSameHashCodeAs(golden.with(future).read().data());
            assertThat(known(event, golden)).isEqualTo(golden.value());
        }
    }

    @Test
    void numbersOfAnObjectKeepTheirSpelling() {
        Event<?> event = Golden.of(EventType.OBJECT_STATE, NEWEST).read();

        JsonObject body = ((ObjectState) event.data()).body();

        assertThat(((JsonNumber) body.members().get("extension_0f_height")).text())
                .isEqualTo("1.80");
        assertThat(new String(MessageCodec.value(event), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"extension_0f_height\":1.80")
                .contains("\"extension_0f_count\":12345678901234567890");
    }

    @Test
    void anUnknownWordOfADescribingEnumReadsAsOther() {
        Golden golden = Golden.of(EventType.CHANGE_RECORDED, NEWEST);
        JsonObject later = golden.value()
                .with("operation", new JsonString("MERGE"))
                .with("mapping", new JsonString("LEARNED"))
                .with(
                        "actor",
                        ((JsonObject) golden.value().members().get("actor")).with("kind", new JsonString("AGENT")));

        ChangeRecorded change = (ChangeRecorded) golden.with(later).read().data();

        assertThat(change.operation()).isEqualTo(ChangeRecorded.Operation.OTHER);
        assertThat(change.mapping()).isEqualTo(ChangeRecorded.Mapping.GENERIC);
        assertThat(change.actor().kind()).isEqualTo(ChangeRecorded.Actor.Kind.SYSTEM);
    }

    @Test
    void anUnknownWordOfASteeringEnumRefusesTheMessage() {
        Golden golden = Golden.of(EventType.OBJECT_STATE, NEWEST);
        Golden later = golden.with(golden.value().with("deleted", new JsonString("ARCHIVED")));

        assertThatThrownBy(later::read)
                .isInstanceOf(ContractException.class)
                .hasMessage("value does not fit io.tidemark.object.state.v1 at /deleted");
    }

    private static Set<ValidationMessage> faults(EventType type, JsonObject value) throws IOException {
        return schema(type)
                .validate(
                        new ObjectMapper().readTree(JsonText.text(value)),
                        run -> run.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static List<String> required(EventType type) throws IOException {
        List<String> names = new ArrayList<>();
        schema(type).getSchemaNode().path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static JsonSchema schema(EventType type) throws IOException {
        String[] parts = type.schema().split(":");
        try (InputStream file = EventType.class.getResourceAsStream("/schemas/" + parts[3] + ".json")) {
            assertThat(file).as("schema %s", type.schema()).isNotNull();
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(file);
            assertThat(schema.getSchemaNode().path("$id").asText()).isEqualTo(type.schema());
            return schema;
        }
    }

    private static JsonValue known(Event<?> event, Golden golden) {
        JsonValue written = JsonText.parse(MessageCodec.value(event));
        // Free-form parts keep what they were given; all others lose the fields that they do not know.
        return withoutFutureFields(written, golden.value());
    }

    private static JsonValue withoutFutureFields(JsonValue value, JsonValue like) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            object.members().forEach((name, member) -> {
                JsonValue model = like instanceof JsonObject likeObject
                        ? likeObject.members().get(name)
                        : null;
                boolean freeForm = name.equals("fromTheFuture") && model == null;
                if (!freeForm) {
                    members.put(name, withoutFutureFields(member, model == null ? member : model));
                }
            });
            return new JsonObject(members);
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> elements = new ArrayList<>();
            for (int i = 0; i < array.elements().size(); i++) {
                JsonValue model = ((JsonArray) like).elements().get(i);
                elements.add(withoutFutureFields(array.elements().get(i), model));
            }
            return new JsonArray(elements);
        }
        return value;
    }

    private static JsonValue withFutureFields(JsonValue value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(array.elements().stream()
                    .map(GoldenMessagesTest::withFutureFields)
                    .toList());
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members()
                .forEach((name, member) -> members.put(name, isCounts(name) ? member : withFutureFields(member)));
        members.put("fromTheFuture", JsonNumber.of(1));
        return new JsonObject(members);
    }

    private static boolean isCounts(String name) {
        return name.equals("counts") || name.equals("steps");
    }
}
