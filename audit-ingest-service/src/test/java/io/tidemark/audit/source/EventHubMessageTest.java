package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHubMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"records\":[{\"id\":\"1\"},{\"id\":\"2\"}]}",
                "[{\"id\":\"1\"},{\"id\":\"2\"}]",
                "{\"id\":\"1\"}\n{\"id\":\"2\"}",
                "{\"id\":\"1\"}\r\n\r\n{\"id\":\"2\"}\r\n",
                "[{\"records\":[{\"id\":\"1\"}]},{\"id\":\"2\"}]"
            })
    void everyShapeIsRead(String message) {
        assertThat(EventHubMessage.records(message.getBytes(StandardCharsets.UTF_8)))
                .extracting(one -> one.findString("id").orElseThrow())
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"records\":[]}", "hello", "{\"id\":\"1\"", "[1]", "{\"id\":\"1\"}\nhello"})
    void whatIsNoneOfThemIsRefused(String message) {
        assertThatThrownBy(() -> EventHubMessage.records(message.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"1\"}"})
    void oneObjectIsOneRecord(String message) {
        assertThat(EventHubMessage.records(message.getBytes(StandardCharsets.UTF_8)))
                .hasSize(1)
                .allMatch(JsonObject.class::isInstance);
    }
}
