package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A few users behind the calls that incidents make, with answers that are refused, lost or late as a test wants it. */
final class BusyGraph implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What happens to the next inner requests of a batch. */
    enum Mood {
        CARRIES_OUT,
        THROTTLES,
        THROTTLES_WITHOUT_SAYING_HOW_LONG,
        CARRIES_OUT_AND_LOSES_THE_ANSWER
    }

    final List<String> carriedOut = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();
    final List<Mood> moods = new ArrayList<>();
    private final HttpServer server;
    private final int users;

    BusyGraph(int users) throws IOException {
        this.users = users;
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var sent = exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/oauth2/v2.0/token")) {
            var known = new String(sent, StandardCharsets.UTF_8).contains("client_secret=good");
            answer(exchange, known ? 200 : 401, "{\"access_token\":\"t\"}");
        } else if (!"Bearer t".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{}");
        } else if (path.equals("/v1.0/users")) {
            answer(exchange, 200, page(exchange.getRequestURI()).toString());
        } else {
            batch(exchange, JSON.readTree(sent).path("requests"));
        }
    }

    /** Two pages, the higher ids first. */
    private ObjectNode page(URI asked) {
        var second = asked.getQuery().contains("$skiptoken");
        var page = JSON.createObjectNode();
        var value = page.putArray("value");
        for (var i = users - 1; i >= 0; i--) {
            if (second == i < users / 2) {
                value.addObject().put("id", String.format("u%03d", i)).put("enabled", i % 2 == 0);
            }
        }
        if (!second) {
            page.put("@odata.nextLink", url() + "v1.0/users?$skiptoken=2".replace("$", "%24"));
        }
        return page;
    }

    private void batch(HttpExchange exchange, JsonNode requests) throws IOException {
        batchSizes.add(requests.size());
        var mood = moods.isEmpty() ? Mood.CARRIES_OUT : moods.remove(0);
        var answers = JSON.createArrayNode();
        var half = requests.size() / 2;
        for (var i = 0; i < requests.size(); i++) {
            var throttles = mood == Mood.THROTTLES || mood == Mood.THROTTLES_WITHOUT_SAYING_HOW_LONG;
            var answer =
                    answers.addObject().put("id", requests.path(i).path("id").asText());
            if (throttles && i >= half) {
                answer.put("status", 429);
                if (mood == Mood.THROTTLES) {
                    answer.putObject("headers").put("Retry-After", "0.25");
                }
            } else {
                var call = requests.path(i).path("method").asText() + " "
                        + requests.path(i).path("url").asText();
                var repeated = carriedOut.contains(call) && call.startsWith("DELETE");
                answer.put("status", repeated ? 404 : 204);
                if (!repeated) {
                    carriedOut.add(call);
                }
            }
        }
        if (mood == Mood.CARRIES_OUT_AND_LOSES_THE_ANSWER) {
            exchange.close();
        } else {
            answer(
                    exchange,
                    200,
                    JSON.createObjectNode()
                            .<ObjectNode>set("responses", answers)
                            .toString());
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
