package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer of Graph. */
record GraphResponse(int status, Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = {};
    static final String JSON =
            "application/json;odata.metadata=minimal;odata.streaming=true;" + "IEEE754Compatible=false;charset=utf-8";

    GraphResponse {
        headers = new LinkedHashMap<>(headers);
    }

    static GraphResponse empty(int status) {
        return new GraphResponse(status, Map.of(), NOTHING);
    }

    static GraphResponse json(int status, JsonNode body) {
        return json(status, Json.bytes(body));
    }

    static GraphResponse json(int status, byte[] body) {
        return new GraphResponse(status, Map.of("Content-Type", JSON), body);
    }

    static GraphResponse text(int status, String type, String body) {
        return new GraphResponse(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    GraphResponse with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    boolean isJson() {
        return headers.getOrDefault("Content-Type", "").startsWith("application/json");
    }
}
