package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.localstack.LocalStack;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Another program that reads and writes the tenant through Graph. A change that Graph refuses is answered with an empty object. */
final class HelpdeskTool {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REFUSED = 400;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String graph;
    private final String token;

    HelpdeskTool(LocalStack stack) {
        this.graph = stack.simulator().graphUrl().resolve("/v1.0").toString();
        this.token = token(stack);
    }

    /** The address that all paths are below. */
    String address() {
        return graph;
    }

    JsonNode get(String path) {
        return read(authorised(HttpRequest.newBuilder(URI.create(graph + path)).GET()));
    }

    JsonNode send(String method, String path, String body) {
        HttpResponse<String> response = call(authorised(HttpRequest.newBuilder(URI.create(graph + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))));
        boolean useful = response.statusCode() < REFUSED && !response.body().isEmpty();
        return useful ? json(response) : JSON.createObjectNode();
    }

    private HttpRequest.Builder authorised(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + token);
    }

    private JsonNode read(HttpRequest.Builder request) {
        HttpResponse<String> response = call(request);
        if (response.statusCode() >= REFUSED) {
            throw new IllegalStateException(response.uri().getPath() + " was answered with " + response.statusCode());
        }
        return json(response);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("Graph answered with something that is no JSON", e);
        }
    }

    private String token(LocalStack stack) {
        SampleClient client = stack.clients().named(SampleClients.HELPDESK_TOOL);
        String form = "grant_type=client_credentials&scope=" + encoded("https://graph.microsoft.com/.default")
                + "&client_id=" + encoded(client.clientId()) + "&client_secret=" + encoded(client.secret());
        URI endpoint = stack.simulator().authorityUrl().resolve("/" + stack.tenant() + "/oauth2/v2.0/token");
        return read(HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)))
                .path("access_token")
                .asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> call(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("Graph cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
