package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.localstack.operator.Operator;
import java.time.Duration;
import java.util.Set;

/** Orders captures and waits for their seal. */
final class OrderedCapture {

    private static final Set<String> FAILURES = Set.of("INCOMPLETE", "FAILED");

    private OrderedCapture() {}

    /** Orders it and gives its id. */
    static String order(Operator operator, JsonNode order) {
        return operator.post("/captures", order).path("captureId").asText();
    }

    /**
     * Waits until the capture is sealed.
     *
     * @throws IllegalStateException if it ended otherwise
     */
    static JsonNode sealed(Operator operator, String id, Duration patience) {
        JsonNode capture = operator.await(
                "/captures/" + id,
                patience,
                seen -> seen.path("sealed").asBoolean()
                        || FAILURES.contains(seen.path("state").asText()));
        if (!capture.path("sealed").asBoolean()) {
            throw new IllegalStateException("capture ended as "
                    + capture.path("state").asText() + ": "
                    + capture.path("reason").asText());
        }
        return capture;
    }
}
