package io.tidemark.audit.translate;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditTranslatorTest {

    private static final TenantId TENANT = TenantId.parse("9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e10");

    static Stream<String> samples() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(AuditTranslatorTest.class.getResource("/entries"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEntryTellsWhatTheSampleSays(String sample) throws IOException {
        JsonObject file = sample(sample);
        List<JsonValue> expected = ((JsonArray) file.find("changes").orElseThrow()).elements();

        List<ChangeRecorded> changes = AuditTranslator.translate(TENANT, entry(file));

        assertThat(changes).hasSameSizeAs(expected);
        for (int i = 0; i < changes.size(); i++) {
            JsonObject actual = JsonText.parseObject(MessageCodec.mapper().writeValueAsString(changes.get(i)));
            ((JsonObject) expected.get(i))
                    .members()
                    .forEach((field, value) -> assertThatJson(
                                    JsonText.text(actual.find(field).orElseThrow()))
                            .as(field)
                            .isEqualTo(JsonText.text(value)));
            assertThat(actual.findString("tenantId")).contains(TENANT.toString());
            assertThat(actual.findString("activity")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theSameEntryTellsTheSameAgain(String sample) throws IOException {
        AuditEntry entry = entry(sample(sample));

        assertThat(AuditTranslator.translate(TENANT, entry)).isEqualTo(AuditTranslator.translate(TENANT, entry));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};audit entry has no usable id",
                "{\"id\":\"a|b\",\"activityDateTime\":\"2026-05-01T10:02:00Z\"};audit entry has no usable id",
                "{\"id\":\"a\"};audit entry has no activityDateTime",
                "{\"id\":\"a\",\"activityDateTime\":\"yesterday\"};activityDateTime of the audit entry is not a time"
            })
    void anEntryThatCannotBeKeptIsRefused(String entry, String reason) {
        assertThatThrownBy(() -> AuditEntry.ofGraph(JsonText.parseObject(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    private static JsonObject sample(String name) throws IOException {
        try (var file = AuditTranslatorTest.class.getResourceAsStream("/entries/" + name)) {
            return (JsonObject) JsonText.parse(Objects.requireNonNull(file));
        }
    }

    private static AuditEntry entry(JsonObject file) {
        return file.find("entry")
                .map(entry -> AuditEntry.ofGraph((JsonObject) entry))
                .orElseGet(() ->
                        AuditEntry.ofEventHub((JsonObject) file.find("record").orElseThrow()));
    }
}
