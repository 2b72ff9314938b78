package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.pace.Charge;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.pace.Observation;
import io.tidemark.graph.pace.Tariff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends up to twenty requests in one. Each part keeps the id that it was given, pays for itself and has an answer of its own. */
public final class Batch {

    public static final int LARGEST = 20;

    private static final String JSON = "application/json";

    private Batch() {}

    /**
     * One request of a batch.
     *
     * @param id names the part in the answer; unique, whatever the case of its letters
     * @param method the HTTP method
     * @param url relative to the version
     * @param body what is sent; empty for none
     * @param clientRequestId travels with the part
     */
    public record Part(String id, Method method, String url, Optional<JsonObject> body, String clientRequestId) {

        List<Charge> charges() {
            return Tariff.charges(method.name(), url);
        }

        /** Names method and path only. */
        @Override
        public String toString() {
            int query = url.indexOf('?');
            return method + " " + (query < 0 ? url : url.substring(0, query));
        }
    }

    /**
     * What became of one part.
     *
     * @param status the part's own HTTP status
     * @param body the part's JSON object; empty if it has none
     * @param retryAfter how long Graph wants this part to stay away
     * @param limitExceeded whether Graph says that a quota is used up
     * @param requestId Graph's id of the part; empty text if it gave none
     */
    public record Answer(
            int status,
            Optional<JsonObject> body,
            Optional<Duration> retryAfter,
            boolean limitExceeded,
            String requestId) {

        /** Names the status only. */
        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /**
     * Sends the parts in one request. A part without an entry in the result has no answer.
     *
     * @return the answers by part id
     * @throws GraphException if the batch as a whole has no answer that can be read
     * @throws IllegalArgumentException if there are no parts, too many, or two of one id
     */
    public static Map<String, Answer> send(GraphConnection connection, List<Part> parts) {
        check(parts);
        List<JsonValue> requests = new ArrayList<>();
        boolean reading = true;
        for (Part part : parts) {
            requests.add(json(part));
            reading &= part.method() == Method.GET;
        }
        JsonObject body = new JsonObject(Map.of("requests", new JsonArray(requests)));
        GraphRequest ask = GraphRequest.ask("$batch", body);
        GraphRequest request =
                reading ? ask : GraphRequest.change(Method.POST, "$batch", Optional.of(body), ask.clientRequestId());
        Map<String, Answer> answers = connection.send(request.withCharges(sum(parts)), Batch::answers);
        observe(connection, parts, answers);
        return answers;
    }

    private static void check(List<Part> parts) {
        if (parts.isEmpty() || parts.size() > LARGEST) {
            throw new IllegalArgumentException("a batch has 1 to " + LARGEST + " parts, not " + parts.size());
        }
        Set<String> ids = new HashSet<>();
        for (Part part : parts) {
            if (!ids.add(part.id().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two parts of the batch have the same id");
            }
        }
    }

    private static JsonObject json(Part part) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("id", new JsonString(part.id()));
        members.put("method", new JsonString(part.method().name()));
        members.put("url", new JsonString("/" + part.url()));
        Map<String, JsonValue> headers = new LinkedHashMap<>();
        headers.put("client-request-id", new JsonString(part.clientRequestId()));
        headers.put("Prefer", new JsonString(GraphWire.EVERY_MEMBER));
        part.body().ifPresent(body -> {
            headers.put("Content-Type", new JsonString(JSON));
            members.put("body", body);
        });
        members.put("headers", new JsonObject(headers));
        return new JsonObject(members);
    }

    private static List<Charge> sum(List<Part> parts) {
        Map<Lane, Integer> units = new EnumMap<>(Lane.class);
        for (Part part : parts) {
            part.charges().forEach(charge -> units.merge(charge.lane(), charge.units(), Integer::sum));
        }
        return units.entrySet().stream()
                .map(entry -> new Charge(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Map<String, Answer> answers(GraphResponse response) {
        if (!(response.json().find("responses").orElse(JsonArray.EMPTY) instanceof JsonArray responses)
                || responses.isEmpty()) {
            throw new IllegalArgumentException("the batch's answer has no responses");
        }
        Map<String, Answer> answers = new HashMap<>();
        for (JsonValue element : responses.elements()) {
            if (element instanceof JsonObject object
                    && object.find("status").orElse(null) instanceof JsonNumber status) {
                object.findString("id").ifPresent(id -> answers.put(id, answer(object, status)));
            }
        }
        return answers;
    }

    private static Answer answer(JsonObject object, JsonNumber status) {
        Optional<JsonObject> body =
                object.find("body").filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
        return new Answer(
                status.value().intValue(),
                body,
                header(object, "retry-after").flatMap(RetryAfter::parse),
                PacingInterceptor.saysLimitExceeded(
                        header(object, PacingInterceptor.THROTTLE_INFORMATION).orElse("")),
                header(object, "request-id").orElse(""));
    }

    private static Optional<String> header(JsonObject part, String name) {
        if (part.find("headers").orElse(JsonObject.EMPTY) instanceof JsonObject headers) {
            for (Map.Entry<String, JsonValue> header : headers.members().entrySet()) {
                if (header.getKey().equalsIgnoreCase(name)) {
                    JsonValue value = header.getValue();
                    return value instanceof JsonString text
                            ? Optional.of(text.value())
                            : value instanceof JsonNumber number ? Optional.of(number.text()) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void observe(GraphConnection connection, List<Part> parts, Map<String, Answer> answers) {
        for (Part part : parts) {
            Answer answer = answers.get(part.id());
            Observation observation = answer == null
                    ? Observation.of(0)
                    : Observation.of(answer.status(), answer.retryAfter(), answer.limitExceeded());
            connection.pacer().observe(part.charges(), observation);
        }
    }
}
