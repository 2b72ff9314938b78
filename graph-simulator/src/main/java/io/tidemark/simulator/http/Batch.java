package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Switches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Several requests in one. */
final class Batch {

    private static final int MOST = 20;
    private static final byte[] NOTHING = {};

    private final Function<GraphRequest, GraphResponse> service;
    private final Function<GraphRequest, String> newId;

    Batch(Function<GraphRequest, GraphResponse> service, Function<GraphRequest, String> newId) {
        this.service = service;
        this.newId = newId;
    }

    GraphResponse run(GraphRequest outer, String version, Switches switches) {
        JsonNode requests = outer.json().get("requests");
        if (requests == null || !requests.isArray() || requests.isEmpty()) {
            throw GraphRefusal.badQuery("Invalid batch payload format.");
        }
        if (requests.size() > MOST) {
            throw GraphRefusal.badQuery("Number of batch request steps exceeds the maximum value of 20.");
        }
        List<JsonNode> steps = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode step : requests) {
            check(step, ids);
            steps.add(step);
        }
        for (JsonNode step : steps) {
            for (JsonNode needed : step.path("dependsOn")) {
                if (!ids.contains(needed.asText().toLowerCase(Locale.ROOT))) {
                    throw GraphRefusal.badQuery("Request dependsOn an id that is not part of the batch.");
                }
            }
        }
        ObjectNode body = Json.object();
        ArrayNode responses = body.putArray("responses");
        Map<String, Integer> done = new HashMap<>();
        List<JsonNode> waiting = new ArrayList<>(steps);
        while (!waiting.isEmpty()) {
            List<JsonNode> ready = waiting.stream().filter(s -> ready(s, done)).toList();
            if (ready.isEmpty()) {
                throw GraphRefusal.badQuery("The dependencies of the batch form a circle.");
            }
            for (JsonNode step : ready) {
                ObjectNode response = failed(step, done) ? skipped(step) : one(outer, step, version);
                done.put(id(step), response.path("status").asInt());
                responses.add(response);
            }
            waiting.removeAll(ready);
        }
        boolean throttled = switches.batchFailsWhenThrottled() && done.containsValue(429);
        return GraphResponse.json(throttled ? 424 : 200, body);
    }

    private static void check(JsonNode step, Set<String> ids) {
        boolean complete = step.isObject()
                && (step.path("id").isTextual() || step.path("id").isNumber())
                && step.path("method").isTextual()
                && step.path("url").isTextual();
        if (!complete) {
            throw GraphRefusal.badQuery("Invalid batch payload format.");
        }
        if (!ids.add(id(step))) {
            throw GraphRefusal.badQuery("Request Id " + step.path("id").asText() + " is not unique.");
        }
        if (step.path("url").asText().toLowerCase(Locale.ROOT).contains("$batch")) {
            throw GraphRefusal.badQuery("A batch cannot contain a batch.");
        }
        if (step.hasNonNull("atomicityGroup")) {
            throw GraphRefusal.badQuery("Batch requests with atomicityGroup are not supported.");
        }
        boolean typed = false;
        for (Map.Entry<String, JsonNode> header : step.path("headers").properties()) {
            typed |= header.getKey().equalsIgnoreCase("content-type");
        }
        if (step.hasNonNull("body") && !typed) {
            throw GraphRefusal.badQuery("Write request id : " + step.path("id").asText()
                    + " does not contain Content-Type header or body.");
        }
    }

    private static String id(JsonNode step) {
        return step.path("id").asText().toLowerCase(Locale.ROOT);
    }

    private static boolean ready(JsonNode step, Map<String, Integer> done) {
        for (JsonNode needed : step.path("dependsOn")) {
            if (!done.containsKey(needed.asText().toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private static boolean failed(JsonNode step, Map<String, Integer> done) {
        for (JsonNode needed : step.path("dependsOn")) {
            if (done.getOrDefault(needed.asText().toLowerCase(Locale.ROOT), 500) >= 400) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode skipped(JsonNode step) {
        ObjectNode response = Json.object();
        response.put("id", step.path("id").asText());
        response.put("status", 424);
        response.putObject("headers").put("Content-Type", "application/json");
        response.putObject("body")
                .putObject("error")
                .put("code", "FailedDependency")
                .put("message", "A request that this one depends on failed.");
        return response;
    }

    private ObjectNode one(GraphRequest outer, JsonNode step, String version) {
        Map<String, String> headers = GraphRequest.caseless();
        for (String inherited : List.of("Authorization", "User-Agent", "x-forwarded-for")) {
            String value = outer.header(inherited);
            if (value != null) {
                headers.put(inherited, value);
            }
        }
        for (Map.Entry<String, JsonNode> header : step.path("headers").properties()) {
            if (!header.getKey().equalsIgnoreCase("authorization")) {
                headers.put(header.getKey(), header.getValue().asText());
            }
        }
        headers.putIfAbsent("client-request-id", step.path("id").asText());
        String url = step.path("url").asText();
        String relative = url.startsWith("/") ? url : "/" + url;
        int question = relative.indexOf('?');
        String path = question < 0 ? relative : relative.substring(0, question);
        JsonNode body = step.get("body");
        byte[] bytes =
                body == null || body.isNull() ? NOTHING : body.isTextual() ? text(body.asText()) : Json.bytes(body);
        GraphResponse inner = service.apply(new GraphRequest(
                step.path("method").asText().toUpperCase(Locale.ROOT),
                "/" + version + path,
                question < 0 ? "" : relative.substring(question + 1).replace(" ", "%20"),
                headers,
                bytes,
                outer.base(),
                outer.address(),
                newId.apply(outer)));
        return shown(step, inner);
    }

    private static byte[] text(String encoded) {
        try {
            return Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return encoded.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static ObjectNode shown(JsonNode step, GraphResponse inner) {
        ObjectNode response = Json.object();
        response.put("id", step.path("id").asText());
        response.put("status", inner.status());
        ObjectNode headers = response.putObject("headers");
        inner.headers().forEach(headers::put);
        if (inner.body().length > 0) {
            if (inner.isJson()) {
                try {
                    response.set("body", Json.mapper().readTree(inner.body()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            } else {
                response.put("body", Base64.getEncoder().encodeToString(inner.body()));
            }
        }
        return response;
    }
}
