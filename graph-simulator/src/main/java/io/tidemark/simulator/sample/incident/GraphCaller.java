package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls Graph as one application: fetches its token, reads page by page, writes in batches of twenty, and waits when it is told to. */
final class GraphCaller {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 20;
    private static final int MOST_ATTEMPTS = 600;
    private static final Duration USUAL_WAIT = Duration.ofMillis(1_100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final String graph;
    private final URI tokenEndpoint;
    private final String clientId;
    private final String secret;
    private final Pause pause;
    private @Nullable String token;

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void lasting(Duration time) throws InterruptedException;
    }

    /** A request that is ready to be sent. */
    record Call(String method, String path, @Nullable JsonNode body, String requestId) {

        static Call of(String method, String path, @Nullable JsonNode body) {
            return new Call(method, path, body, UUID.randomUUID().toString());
        }
    }

    /**
     * What became of a call.
     *
     * @param attempts how often it was sent
     */
    record Answer(int status, JsonNode body, int attempts) {

        boolean carriedOut(Call call) {
            return status / 100 == 2
                    || (status == 404 && attempts > 1 && call.method().equals("DELETE"));
        }
    }

    GraphCaller(
            HttpClient http, URI graphUrl, URI authorityUrl, UUID tenant, String clientId, String secret, Pause pause) {
        this.http = http;
        this.graph = withoutSlash(graphUrl) + "/v1.0";
        this.tokenEndpoint = URI.create(withoutSlash(authorityUrl) + "/" + tenant + "/oauth2/v2.0/token");
        this.clientId = clientId;
        this.secret = secret;
        this.pause = pause;
    }

    String clientId() {
        return clientId;
    }

    /** All objects of a collection, page after page. */
    List<ObjectNode> list(String path, @Nullable String filter, List<String> properties)
            throws IOException, InterruptedException {
        List<String> query = new ArrayList<>();
        if (filter != null) {
            query.add("$filter=" + encoded(filter));
        }
        if (!properties.isEmpty()) {
            query.add("$select=" + encoded(String.join(",", properties)));
        }
        if (!path.startsWith("/identity/")) {
            query.add("$top=999");
        }
        List<ObjectNode> found = new ArrayList<>();
        @Nullable String next = graph + path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        while (next != null) {
            var page = read(URI.create(next));
            page.path("value").forEach(object -> found.add((ObjectNode) object));
            next = page.hasNonNull("@odata.nextLink")
                    ? page.path("@odata.nextLink").asText()
                    : null;
        }
        return found;
    }

    private JsonNode read(URI uri) throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var answer = send(HttpRequest.newBuilder(uri).GET());
            var page = answer == null || answer.statusCode() != 200 ? null : parsed(answer.body(), "value");
            if (page != null) {
                return page;
            }
            if (answer != null && answer.statusCode() != 200 && !transientFailure(answer.statusCode())) {
                throw new IllegalStateException(
                        "Graph refused to read " + uri.getPath() + " with status " + answer.statusCode());
            }
            giveUpAfter(attempt, "reading " + uri.getPath());
            pause.lasting(waitOf(answer));
        }
    }

    /** The answers to all calls, in their order; a call that Graph was too busy for is sent again when it asks for it. */
    List<Answer> batch(List<Call> calls) throws IOException, InterruptedException {
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        for (var start = 0; start < calls.size(); start += BATCH) {
            Map<Integer, Call> pending = new LinkedHashMap<>();
            for (var i = start; i < Math.min(start + BATCH, calls.size()); i++) {
                pending.put(i, calls.get(i));
            }
            for (var attempt = 1; !pending.isEmpty(); attempt++) {
                giveUpAfter(attempt, "a batch");
                var wait = sendOnce(pending, attempt, answers);
                if (!pending.isEmpty()) {
                    pause.lasting(wait);
                }
            }
        }
        List<Answer> ordered = new ArrayList<>();
        for (var i = 0; i < calls.size(); i++) {
            var answer = answers.get(i);
            if (answer == null) {
                throw new IllegalStateException("a call of a batch was lost");
            }
            ordered.add(answer);
        }
        return ordered;
    }

    /** Sends what is pending, moves what is finished to the answers, and says how long to wait before the rest is sent again. */
    private Duration sendOnce(Map<Integer, Call> pending, int attempt, Map<Integer, Answer> answers)
            throws IOException, InterruptedException {
        var response = send(HttpRequest.newBuilder(URI.create(graph + "/$batch"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batchBody(pending))));
        if (response == null || transientFailure(response.statusCode()) || response.statusCode() == 409) {
            giveUpOnUnknown(pending, attempt, answers, response == null || response.statusCode() >= 500);
            return waitOf(response);
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException("Graph refused a batch with status " + response.statusCode());
        }
        @Nullable JsonNode content = parsed(response.body(), "responses");
        if (content == null) {
            giveUpOnUnknown(pending, attempt, answers, true);
            return USUAL_WAIT;
        }
        var wait = USUAL_WAIT;
        for (var inner : content.path("responses")) {
            var number = Integer.valueOf(inner.path("id").asText());
            var status = inner.path("status").asInt();
            if (transientFailure(status) || concurrent(status, inner)) {
                wait = longer(wait, waitOf(retryAfter(inner.path("headers"))));
            } else if (pending.remove(number) != null) {
                answers.put(number, new Answer(status, inner.path("body"), attempt));
            }
        }
        return wait;
    }

    /** What must not be done twice is not sent again when nobody knows whether it was done. */
    private static void giveUpOnUnknown(
            Map<Integer, Call> pending, int attempt, Map<Integer, Answer> answers, boolean unknown) {
        if (unknown) {
            pending.entrySet().removeIf(entry -> {
                var once = entry.getValue().method().equals("POST");
                if (once) {
                    answers.put(entry.getKey(), new Answer(0, JSON.missingNode(), attempt));
                }
                return once;
            });
        }
    }

    private static String batchBody(Map<Integer, Call> calls) {
        var requests = JSON.createArrayNode();
        calls.forEach((number, call) -> requests.add(request(number, call)));
        return JSON.createObjectNode().<ObjectNode>set("requests", requests).toString();
    }

    private static ObjectNode request(int number, Call call) {
        var request = JSON.createObjectNode()
                .put("id", String.valueOf(number))
                .put("method", call.method())
                .put("url", call.path());
        var headers = request.putObject("headers").put("client-request-id", call.requestId());
        if (call.body() != null) {
            headers.put("Content-Type", "application/json");
            request.set("body", call.body());
        }
        return request;
    }

    /** Sends with a token; absent: the connection broke. */
    private @Nullable HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            request.setHeader("Authorization", "Bearer " + currentToken());
            request.timeout(PATIENCE);
            try {
                var response = http.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() != 401 || attempt > 1) {
                    return response;
                }
                token = null;
            } catch (IOException e) {
                return null;
            }
        }
    }

    private String currentToken() throws IOException, InterruptedException {
        var current = token;
        if (current == null) {
            current = fetchToken();
            token = current;
        }
        return current;
    }

    private String fetchToken() throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&client_secret=" + encoded(secret)
                + "&scope=" + encoded("https://graph.microsoft.com/.default");
        var request = HttpRequest.newBuilder(tokenEndpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        for (var attempt = 1; ; attempt++) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return JSON.readTree(response.body()).path("access_token").asText();
            }
            if (!transientFailure(response.statusCode())) {
                throw new IllegalStateException(
                        "the token endpoint refused client " + clientId + " with status " + response.statusCode());
            }
            giveUpAfter(attempt, "a token");
            pause.lasting(waitOf(response));
        }
    }

    /** The document, if it is whole. */
    private static @Nullable JsonNode parsed(String body, String list) {
        try {
            var content = JSON.readTree(body);
            return content.path(list) instanceof ArrayNode ? content : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void giveUpAfter(int attempt, String what) {
        if (attempt > MOST_ATTEMPTS) {
            throw new IllegalStateException("Graph was too busy for " + what + " after " + MOST_ATTEMPTS + " attempts");
        }
    }

    private static boolean transientFailure(int status) {
        return status == 429 || (status >= 500 && status != 501);
    }

    private static boolean concurrent(int status, JsonNode inner) {
        return status == 409 && inner.at("/body/error/code").asText().equals("Directory_ConcurrencyViolation");
    }

    private static @Nullable String retryAfter(JsonNode headers) {
        for (var header : headers.properties()) {
            if (header.getKey().equalsIgnoreCase("Retry-After")) {
                return header.getValue().asText();
            }
        }
        return null;
    }

    private static Duration waitOf(@Nullable HttpResponse<String> response) {
        return response == null
                ? USUAL_WAIT
                : waitOf(response.headers().firstValue("Retry-After").orElse(null));
    }

    private static Duration waitOf(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return USUAL_WAIT;
        }
        try {
            return Duration.ofMillis((long) (Double.parseDouble(retryAfter.trim()) * 1_000) + 1);
        } catch (NumberFormatException e) {
            return USUAL_WAIT;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String withoutSlash(URI uri) {
        var text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
