package io.tidemark.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.directory.TenantId;
import io.tidemark.graph.transport.Credential;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server that answers what it was told to, in that order, and remembers what it was asked; with a token endpoint. */
public final class StubGraph implements AutoCloseable {

    public static final TenantId TENANT = TenantId.parse("7c9a3c1e-0a5d-4f2b-9d53-2f6f0a6c1d11");
    public static final String SECRET = "a secret nobody may see";

    /** One request as it arrived. */
    public record Asked(String method, String uri, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, String body, Cut cut) {

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body, Cut.WHOLE);
        }

        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, cut);
        }

        /** As if it never came to its end: again and again a little. */
        public Reply dripping() {
            return new Reply(status, headers, body, Cut.DRIPPING);
        }

        public Reply brokenOff() {
            return new Reply(status, headers, body, Cut.BROKEN_OFF);
        }
    }

    /** Whether an answer arrives whole. */
    public enum Cut {
        WHOLE,
        BROKEN_OFF,
        DRIPPING
    }

    private static final int DRIPS = 500;
    private static final Duration DRIP = Duration.ofMillis(20);

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final Deque<Reply> tokenReplies = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Asked> tokenRequests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();

    public StubGraph() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1.0/", this::graph);
        server.createContext("/" + TENANT + "/oauth2/v2.0/token", this::token);
        server.setExecutor(workers);
        server.start();
    }

    public URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public String url(String relative) {
        return root() + "/v1.0/" + relative;
    }

    /** Answers the next request of those not yet provided for. */
    public synchronized StubGraph answers(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    public StubGraph answers(int status, String body) {
        return answers(Reply.json(status, body));
    }

    public synchronized StubGraph authorityAnswers(Reply... next) {
        tokenReplies.addAll(List.of(next));
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<Asked> tokenRequests() {
        return tokenRequests;
    }

    public GraphSettings.Builder settings(FastTime time) {
        return settings(time, new Credential.Secret(SECRET));
    }

    public GraphSettings.Builder settings(FastTime time, Credential credential) {
        return GraphSettings.builder(TENANT, "client", credential)
                .graphUrl(URI.create(root() + "/v1.0"))
                .authority(root())
                .allowHttpAuthority(true)
                .clock(time)
                .sleeper(time);
    }

    public GraphConnection connect(FastTime time) {
        return GraphConnection.open(settings(time).build());
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void graph(HttpExchange exchange) throws IOException {
        asked.add(read(exchange));
        Reply reply;
        synchronized (this) {
            reply = replies.isEmpty() ? Reply.json(599, "{}") : replies.remove();
        }
        answer(exchange, reply);
    }

    private void token(HttpExchange exchange) throws IOException {
        tokenRequests.add(read(exchange));
        Reply reply;
        synchronized (this) {
            reply = tokenReplies.isEmpty() ? Reply.json(200, freshToken(TENANT.toString())) : tokenReplies.remove();
        }
        answer(exchange, reply);
    }

    /** A token answer like the authority's; no two tokens are the same. */
    public String freshToken(String tenant) {
        String claims = "{\"aud\":\"https://graph.microsoft.com\",\"tid\":\"" + tenant
                + "\",\"appid\":\"client\",\"oid\":\"sp\",\"roles\":[\"User.Read.All\"],\"n\":"
                + tokens.incrementAndGet() + "}";
        String token =
                "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".c2ln";
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token + "\"}";
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        if (reply.cut() == Cut.DRIPPING) {
            exchange.sendResponseHeaders(reply.status(), 0);
            for (int i = 0; i < DRIPS; i++) {
                exchange.getResponseBody().write(body);
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(DRIP.toNanos());
            }
            exchange.close();
            return;
        }
        if (reply.cut() == Cut.BROKEN_OFF) {
            exchange.sendResponseHeaders(reply.status(), body.length + 100);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
