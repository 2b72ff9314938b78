package io.tidemark.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractMapperTest {

    private final ObjectMapper mapper = new ContractMapper().mapper(List.of());

    record Order(
            @Nullable CaptureMode mode,
            @Nullable String label,
            boolean pin,
            @Nullable Long seed,
            @Nullable Double share,
            @Nullable Instant at) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":1}",
                "{\"label\":5}",
                "{\"label\":true}",
                "{\"pin\":1}",
                "{\"pin\":\"true\"}",
                "{\"seed\":1.5}",
                "{\"seed\":\"7\"}",
                "{\"share\":\"0.5\"}",
                "{\"unknown\":1}"
            })
    void whatIsOfAnotherTypeIsRefused(String body) {
        assertThatThrownBy(() -> mapper.readValue(body, Order.class)).isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void whatIsOfItsTypeIsTaken() throws JsonProcessingException {
        String body = "{\"mode\":\"FULL\",\"label\":\"5\",\"pin\":true,\"seed\":7,\"share\":1,"
                + "\"at\":\"2026-03-01T10:00:00Z\"}";

        assertThat(mapper.readValue(body, Order.class))
                .isEqualTo(new Order(CaptureMode.FULL, "5", true, 7L, 1.0, Instant.parse("2026-03-01T10:00:00Z")));
        assertThat(mapper.readValue("{\"label\":null}", Order.class).label()).isNull();
    }
}
