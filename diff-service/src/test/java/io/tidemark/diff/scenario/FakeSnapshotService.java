package io.tidemark.diff.scenario;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemark.contracts.BodyClaim;
import io.tidemark.directory.canonical.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts every capture and calls it {@code live-<tenant>}, keeps bodies and hands them out; what comes of a capture is for the test to publish. */
public final class FakeSnapshotService implements QuarkusTestResourceLifecycleManager {

    private static final Map<String, byte[]> BODIES = new ConcurrentHashMap<>();

    /** What was captured of tenants; of all others nothing. */
    static final Map<String, String> CAPTURED = new ConcurrentHashMap<>();

    private HttpServer server;

    static BodyClaim keep(byte[] json) {
        String sha256 = ContentHash.of(json).hex();
        BODIES.put(sha256, json);
        return new BodyClaim(sha256, json.length);
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().split("/");
            if (path.length > 6 && path[5].equals("bodies")) {
                if (exchange.getRequestMethod().equals("PUT")) {
                    BODIES.put(path[6], exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                    return;
                }
                byte[] body = BODIES.get(path[6]);
                exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
                if (body != null) {
                    exchange.getResponseBody().write(body);
                }
                exchange.close();
                return;
            }
            String tenant = path[4];
            boolean asked = exchange.getRequestMethod().equals("GET");
            String text = asked
                    ? "{\"captures\":" + CAPTURED.getOrDefault(tenant, "[]") + "}"
                    : "{\"captureId\":\"live-" + tenant + "\"}";
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(asked ? 200 : 202, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Map.of(
                "tidemark.services.snapshot-url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
