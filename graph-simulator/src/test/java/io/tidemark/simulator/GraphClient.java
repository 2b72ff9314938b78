package io.tidemark.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A small client of Graph for tests: one caller, plain HTTP. */
final class GraphClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer with its JSON. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {
        String code() {
            return body.path("error").path("code").asText();
        }

        String message() {
            return body.path("error").path("message").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private final URI root;
    private final String token;

    GraphClient(URI root, String token) {
        this.root = root;
        this.token = token;
    }

    String token() {
        return token;
    }

    static String token(GraphSimulator simulator, String clientId, String secret) {
        Answer answer = form(
                simulator,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId,
                        "client_secret",
                        secret,
                        "scope",
                        "https://graph.microsoft.com/.default"));
        return answer.body().path("access_token").asText();
    }

    /** A token of any tenant: the client's own, or that of its only user. */
    static String token(GraphSimulator simulator, UUID tenant, String clientId, String secret, boolean user) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                user ? "password" : "client_credentials",
                "client_id",
                clientId,
                "client_secret",
                secret,
                "scope",
                "https://graph.microsoft.com/.default"));
        if (user) {
            form.put("username", "me@fabrikam.com");
            form.put("password", "any");
        }
        return form(simulator, tenant, form).body().path("access_token").asText();
    }

    /** A token of a user who proved more than a password. */
    static String token(GraphSimulator simulator, String clientId, String secret, String user, String claims) {
        return form(
                        simulator,
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                clientId,
                                "client_secret",
                                secret,
                                "scope",
                                "https://graph.microsoft.com/.default",
                                "username",
                                user,
                                "password",
                                "any",
                                "claims",
                                claims))
                .body()
                .path("access_token")
                .asText();
    }

    static Answer form(GraphSimulator simulator, Map<String, String> form) {
        return form(simulator, simulator.tenant().id(), form);
    }

    private static Answer form(GraphSimulator simulator, UUID tenant, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(simulator.authorityUrl().resolve(tenant + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    Answer patch(String path, String body, String... headers) {
        return call("PATCH", path, body, headers);
    }

    Answer put(String path, String body) {
        return call("PUT", path, body);
    }

    Answer delete(String path) {
        return call("DELETE", path, null);
    }

    /** Sends a body as it is, to an address whose characters are escaped where they must be. */
    Answer raw(String method, String path, String body, String... headers) {
        StringBuilder url = new StringBuilder(root + "/v1.0");
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one > ' ' && one < 127 && "\"<>\\^`{|}".indexOf(one) < 0;
            url.append(plain ? Character.toString((char) one) : String.format("%%%02X", one & 0xff));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.toString()))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("ConsistencyLevel", "eventual");
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Answer call(String method, String path, String body, String... headers) {
        String url = path.startsWith("http") ? path : root + "/v1.0" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.replace(" ", "%20")))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("content-type").orElse("").startsWith("application/json");
            JsonNode body =
                    json && !response.body().isEmpty() ? MAPPER.readTree(response.body()) : MAPPER.missingNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
