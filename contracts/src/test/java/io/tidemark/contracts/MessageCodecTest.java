package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {

    private static final String SECRET = "mira.sand@example.com";

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_type", "ce_source", "ce_subject", "ce_time"})
    void aMissingHeaderIsNamed(String header) {
        Golden golden = Golden.of(EventType.OPS, "v1");
        Map<String, String> headers = new HashMap<>(golden.headers());
        headers.remove(header);

        assertThatThrownBy(() -> new Golden("k", headers, golden.value()).read())
                .isInstanceOf(ContractException.class)
                .hasMessage("header " + header + " is missing");
    }

    @Test
    void aTimeThatIsNoneIsRefusedWithoutBeingRepeated() {
        Golden golden = Golden.of(EventType.OPS, "v1");
        Map<String, String> headers = new HashMap<>(golden.headers());
        headers.put(MessageCodec.TIME, SECRET);

        assertThatThrownBy(() -> new Golden("k", headers, golden.value()).read())
                .isInstanceOf(ContractException.class)
                .hasMessage("header ce_time is not a time");
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> read("io.tidemark.object.state.v2", "{}"))
                .isInstanceOf(ContractException.class)
                .hasMessage("unknown event type 'io.tidemark.object.state.v2'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "mira.sand@example.com",
                "{\"at\":\"mira.sand@example.com\"}",
                "{\"at\":\"2026-05-01T10:02:00Z\"} mira.sand@example.com",
                "{\"detail\":\"mira.sand@example.com\",\"detail\":\"again\"}",
                "{\"detail\":{\"mira.sand@example.com\":1}}",
                "null",
                "[]"
            })
    void aValueThatDoesNotFitIsRefusedWithoutBeingRepeated(String value) {
        assertThatThrownBy(() -> read(EventType.OPS.ceType(), value))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining(EventType.OPS.ceType())
                .message()
                .doesNotContain("mira");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"counts\":{\"user\":\"mira.sand@example.com\"}};/counts/user",
                "{\"instant\":\"mira.sand@example.com\"};/instant",
                "{\"suspect\":[\"a\",{\"b\":\"mira.sand@example.com\"}]};/suspect/1",
                "{\"counts\":null};/"
            })
    void theRefusalNamesThePlace(String value, String place) {
        assertThatThrownBy(() -> read(EventType.SNAPSHOT_SEALED.ceType(), value))
                .isInstanceOf(ContractException.class)
                .hasMessage("value does not fit io.tidemark.snapshot.sealed.v1 at " + place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "OBJECT_STATE;{};/tenantId",
                "OBJECT_STATE;{'tenantId':'t','objectType':'user','objectId':'u','captureId':'c','source':'FULL'};/observedAt",
                "SNAPSHOT_COMPLETED;{'tenantId':'t','captureId':'c','startedAt':'2026-05-01T10:02:00Z'};/mode",
                "SNAPSHOT_STARTED;{'tenantId':'t','captureId':'c','mode':'FULL','startedAt':'2026-05-01T10:02:00Z',"
                        + "'types':[{'type':'user','presentDigest':'0','publishedDigest':'0'}]};/types/0/outcome",
                "CHANGE_RECORDED;{'tenantId':'t','auditId':'a','activity':'x','activityKey':'x','operation':'UPDATE',"
                        + "'object':{'type':'user'}};/object/id",
                "OPS;{'component':'c','event':'e','detail':null,'at':'2026-05-01T10:02:00Z'};/detail"
            })
    void aValueThatLacksWhatEveryMessageOfItsTypeHasIsRefusedAndTheGapNamed(
            EventType type, String value, String place) {
        assertThatThrownBy(() -> read(type.ceType(), value.replace('\'', '"')))
                .isInstanceOf(ContractException.class)
                .hasMessage("value of " + type.ceType() + " lacks " + place);
    }

    @Test
    void whatMayBeMissingMayBeMissing() {
        String value = "{\"tenantId\":\"t\",\"objectType\":\"user\",\"objectId\":\"u\",\"captureId\":\"c\","
                + "\"source\":\"FULL\",\"observedAt\":\"2026-05-01T10:02:00Z\",\"deleted\":\"HARD\"}";

        assertThat(read(EventType.OBJECT_STATE.ceType(), value).data()).isInstanceOf(ObjectState.class);
    }

    @Test
    void aBodyNestedDeeperThanAnObjectMayBeIsRefused() {
        String deep = "{\"entry\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}}";

        assertThatThrownBy(() -> read(EventType.AUDIT_RAW.ceType(), deep)).isInstanceOf(ContractException.class);
    }

    @Test
    void anEventCannotCarryAnotherTypesPayload() {
        OpsEvent payload = new OpsEvent(null, "c", "e", "d", Instant.EPOCH);

        assertThatThrownBy(() -> new Event<>("i", EventType.AUDIT_RAW, "s", "s", Instant.EPOCH, "k", null, payload))
                .isInstanceOf(ContractException.class)
                .hasMessage("event of type AUDIT_RAW cannot carry OpsEvent");
    }

    @Test
    void anEventWithoutAKeyIsRefused() {
        OpsEvent payload = new OpsEvent(null, "c", "e", "d", Instant.EPOCH);

        assertThatThrownBy(() -> new Event<>("i", EventType.OPS, "s", "s", Instant.EPOCH, " ", null, payload))
                .isInstanceOf(ContractException.class);
    }

    @Test
    void absentNullEmptyTextAndEmptyListStayFourThings() throws JsonProcessingException {
        LoggedProperty absent = property("{\"name\":\"n\"}");
        LoggedProperty none = property("{\"name\":\"n\",\"after\":null}");
        LoggedProperty text = property("{\"name\":\"n\",\"after\":\"\"}");
        LoggedProperty list = property("{\"name\":\"n\",\"after\":[]}");

        assertThat(absent.after()).isNull();
        assertThat(none.after()).isEqualTo(JsonNull.NULL);
        assertThat(text.after()).isEqualTo(new JsonString(""));
        assertThat(list.after()).isEqualTo(JsonArray.EMPTY);
        for (String json : new String[] {
            "{\"name\":\"n\"}",
            "{\"name\":\"n\",\"after\":null}",
            "{\"name\":\"n\",\"after\":\"\"}",
            "{\"name\":\"n\",\"after\":[]}"
        }) {
            assertThat(MessageCodec.mapper().writeValueAsString(property(json))).isEqualTo(json);
        }
    }

    @Test
    void optionsThatAreLeftOutAreAsByDefault() throws JsonProcessingException {
        RestoreOptions options = MessageCodec.mapper().readValue("{\"conflict\":\"FAIL\"}", RestoreOptions.class);

        assertThat(options)
                .isEqualTo(new RestoreOptions(
                        RestoreOptions.Created.KEEP,
                        RestoreOptions.Conflict.FAIL,
                        RestoreOptions.PolicyState.REPORT_ONLY,
                        true,
                        0));
        assertThat(MessageCodec.mapper().readValue("{}", RestoreOptions.class)).isEqualTo(RestoreOptions.DEFAULTS);
    }

    @Test
    void anIdDependsOnEveryPartAndOnWhereItEnds() {
        assertThat(Event.idOf("a", "bc")).hasSize(32).isEqualTo(Event.idOf("a", "bc"));
        assertThat(Event.idOf("ab", "c")).isNotEqualTo(Event.idOf("a", "bc"));
        assertThat(Event.idOf("a")).isNotEqualTo(Event.idOf("a", ""));
    }

    private static LoggedProperty property(String json) throws JsonProcessingException {
        return MessageCodec.mapper().readValue(json, LoggedProperty.class);
    }

    private static Event<?> read(String type, String value) {
        Map<String, String> headers = Map.of(
                MessageCodec.ID, "i",
                MessageCodec.TYPE, type,
                MessageCodec.SOURCE, "s",
                MessageCodec.SUBJECT, "s",
                MessageCodec.TIME, "2026-05-01T10:02:00Z");
        return MessageCodec.read("k", headers, value.getBytes(StandardCharsets.UTF_8));
    }
}
