package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.pace.Charge;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One request to Graph.
 *
 * @param method the HTTP method
 * @param url relative to the version, such as {@code users?$top=999}, or an absolute link that Graph gave, which must lead to the same host
 * @param headers what to send besides the usual headers
 * @param body JSON text; empty for none
 * @param clientRequestId travels as {@code client-request-id} and comes back in Graph's own logs
 * @param charges what the request costs, where the address does not tell: a batch
 * @param repeatable whether it may be sent again when nobody knows what became of it
 */
public record GraphRequest(
        Method method,
        String url,
        Map<String, String> headers,
        Optional<String> body,
        String clientRequestId,
        Optional<List<Charge>> charges,
        boolean repeatable) {

    public GraphRequest {
        headers = Map.copyOf(headers);
        if (clientRequestId.isBlank()
                || clientRequestId.length() > 128
                || !clientRequestId.chars().allMatch(GraphRequest::isPlain)) {
            throw new IllegalArgumentException("client request id must be 1 to 128 plain characters");
        }
    }

    /** A request that only reads. */
    public static GraphRequest get(String url) {
        return new GraphRequest(Method.GET, url, Map.of(), Optional.empty(), randomId(), Optional.empty(), true);
    }

    /** A request that only reads and is not worth repeating when no answer comes of it. */
    public static GraphRequest once(String url) {
        return new GraphRequest(Method.GET, url, Map.of(), Optional.empty(), randomId(), Optional.empty(), false);
    }

    /** A POST that only asks, such as {@code getByIds}, and may be repeated. */
    public static GraphRequest ask(String url, JsonObject body) {
        return new GraphRequest(
                Method.POST, url, Map.of(), Optional.of(JsonText.text(body)), randomId(), Optional.empty(), true);
    }

    /** A request that changes something and is never repeated unless Graph surely did not do it. */
    public static GraphRequest change(Method method, String url, Optional<JsonObject> body, String clientRequestId) {
        return new GraphRequest(
                method,
                url,
                Map.of(),
                body.map(JsonText::text),
                clientRequestId,
                Optional.empty(),
                method == Method.GET);
    }

    public GraphRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new GraphRequest(method, url, more, body, clientRequestId, charges, repeatable);
    }

    public GraphRequest withCharges(List<Charge> known) {
        return new GraphRequest(
                method, url, headers, body, clientRequestId, Optional.of(List.copyOf(known)), repeatable);
    }

    /** A request id that is the same for the same step and attempt, in the GUID form that Graph wants. */
    public static String requestIdOf(String stepId, int attempt) {
        return UUID.nameUUIDFromBytes((stepId + "#" + attempt).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Names method and path only: bodies and queries can hold personal data. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return method + " " + (query < 0 ? url : url.substring(0, query));
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 127;
    }

    private static String randomId() {
        return UUID.randomUUID().toString();
    }
}
