package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Errors as Graph writes them. */
final class Errors {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;

    Errors(Clock clock) {
        this.clock = clock;
    }

    GraphResponse of(GraphRequest request, GraphRefusal refusal) {
        GraphResponse response =
                of(request, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()), refusal);
        refusal.headers().forEach(response::with);
        return response;
    }

    private GraphResponse of(GraphRequest request, int status, String code, String message, GraphRefusal refusal) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", code);
        error.put("message", message);
        if (!refusal.details().isEmpty()) {
            ArrayNode details = error.putArray("details");
            for (GraphRefusal.Detail detail : refusal.details()) {
                ObjectNode one = details.addObject();
                one.put("code", detail.code());
                one.put("message", detail.message());
                one.put("target", detail.target());
                if (detail.code().equals("ObjectConflict")) {
                    one.put("blockedWord", "").put("prefix", "").put("suffix", "");
                }
            }
        }
        inner(error.putObject("innerError"), request);
        return GraphResponse.json(status, body);
    }

    private void inner(ObjectNode inner, GraphRequest request) {
        inner.put("date", date());
        inner.put("request-id", request.requestId());
        String client = request.header("client-request-id");
        inner.put("client-request-id", client == null ? request.requestId() : client);
    }

    private String date() {
        return STAMP.format(clock.instant());
    }

    GraphResponse throttled(GraphRequest request, Map<String, String> headers) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error");
        error.put("code", "TooManyRequests");
        ObjectNode inner = error.putObject("innerError");
        inner.put("code", "429");
        inner.put("date", date());
        inner.put("message", "Please retry after");
        inner.put("request-id", request.requestId());
        inner.put("status", "429");
        error.put("message", "Please retry again later.");
        GraphResponse response = GraphResponse.json(429, body);
        headers.forEach(response::with);
        return response;
    }
}
