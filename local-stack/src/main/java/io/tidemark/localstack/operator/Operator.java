package io.tidemark.localstack.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * What an operator does: requests to the entry point, and looking again until something is finished. Refusals become an
 * {@link OperatorException}; a service that is away is asked again for a while.
 */
public final class Operator {

    private static final Duration REQUEST = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int SERVER_ERRORS = 500;
    private static final int CLIENT_ERRORS = 400;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;

    /** An operator of one tenant who reaches everything through the entry point. */
    public Operator(URI console, UUID tenant) {
        this.base = console + "/api/v1/tenants/" + tenant;
    }

    /** An empty object, to be filled and posted. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /** Gets a path below the tenant, such as {@code /captures}. */
    public JsonNode get(String path) {
        return call(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    /** Posts a body; sent again after a lost answer, it still counts once. */
    public JsonNode post(String path, JsonNode body) {
        return call(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Changes what a path below the tenant shows. */
    public JsonNode patch(String path, JsonNode body) {
        return call(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** All elements of a list that comes in pages. */
    public List<JsonNode> all(String path, String list) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        do {
            String joint = path.contains("?") ? "&" : "?";
            JsonNode page = get(path + joint + "limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path(list).forEach(all::add);
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        return all;
    }

    /**
     * Looks again and again until the answer says that it is finished.
     *
     * @throws OperatorException if it does not within the patience
     */
    public JsonNode await(String path, Duration patience, Function<JsonNode, Boolean> finished) {
        long deadline = System.nanoTime() + patience.toNanos();
        JsonNode seen = get(path);
        while (!finished.apply(seen)) {
            if (System.nanoTime() > deadline) {
                throw new OperatorException("not finished within " + patience.toSeconds() + " s: " + path + ", state "
                        + seen.path("state"));
            }
            LockSupport.parkNanos(PAUSE);
            seen = get(path);
        }
        return seen;
    }

    private JsonNode call(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(REQUEST).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String failure;
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < CLIENT_ERRORS) {
                    return mapper.readTree(response.body());
                }
                failure = response.statusCode() + " " + response.body();
                if (response.statusCode() < SERVER_ERRORS) {
                    throw new OperatorException(
                            request.method() + " " + request.uri().getPath() + " was answered with " + failure);
                }
            } catch (IOException e) {
                failure = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperatorException("interrupted", e);
            }
            if (System.nanoTime() > deadline) {
                throw new OperatorException(
                        request.method() + " " + request.uri().getPath() + " keeps failing: " + failure);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
