package io.tidemark.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What all services of a stack have logged, as whoever collects logs reads it: one JSON object a line. */
record ServiceLogs(List<Line> lines) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> FAILURES = Set.of("WARN", "ERROR", "FATAL");

    /** One event. */
    record Line(ServiceName service, String text, JsonNode event) {

        boolean isFailure() {
            return FAILURES.contains(event.path("level").asText());
        }

        boolean hasTrace() {
            return event.has("exception") || event.has("stackTrace");
        }

        /** Whether it is said by the product itself and not by something that it is built on. */
        boolean isOurs() {
            return event.path("loggerName").asText().startsWith("io.tidemark.");
        }

        String message() {
            return event.path("message").asText();
        }

        @Override
        public String toString() {
            return service.module() + " " + event.path("level").asText() + " " + message()
                    + (hasTrace() ? " with a stack trace" : "");
        }
    }

    static ServiceLogs of(LocalStack stack) {
        List<Line> lines = new ArrayList<>();
        for (ServiceName name : ServiceName.values()) {
            try {
                for (String text : Files.readAllLines(stack.service(name).log())) {
                    lines.add(new Line(name, text, event(text)));
                }
            } catch (IOException e) {
                throw new IllegalStateException("a log could not be read", e);
            }
        }
        return new ServiceLogs(List.copyOf(lines));
    }

    private static JsonNode event(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }

    List<Line> failures() {
        return lines.stream().filter(Line::isFailure).toList();
    }

    /** Lines that hold one of the texts. */
    List<Line> holding(Set<String> texts) {
        return lines.stream()
                .filter(line -> texts.stream()
                        .anyMatch(text ->
                                line.text().contains(text) || line.message().contains(text)))
                .toList();
    }
}
