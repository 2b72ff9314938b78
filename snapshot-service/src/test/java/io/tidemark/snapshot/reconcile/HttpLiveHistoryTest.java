package io.tidemark.snapshot.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.directory.TenantId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLiveHistoryTest {

    private static final TenantId TENANT = new TenantId(new UUID(7, 8));
    private static final String PATH = "/api/v1/tenants/" + TENANT + "/live-keys";
    private static final String HASH = "ab".repeat(32);

    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;
    private HttpLiveHistory history;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        history = new HttpLiveHistory(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void pagesAreFollowedToTheEnd() {
        answers.put(PATH, line("user", "u1") + "{\"next\":\"abc\",\"end\":false}\n");
        answers.put(PATH + "?cursor=abc", line("group.members", "g1~u1") + "{\"end\":true}\n");

        assertThat(keys()).containsExactly("user|u1 " + HASH, "group.members|g1~u1 " + HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"type\":\"user\",\"id\":\"u1\",\"hash\":\"abababababababababababababababababababababababababababababababab\"}\n",
                "{\"end\":true}\n{\"type\":\"user\",\"id\":\"u1\",\"hash\":\"\"}\n",
                "{\"type\":\"user\",\"id\":\"u1\",\"hash\":\"short\"}\n{\"end\":true}\n",
                "{\"type\":\"us"
            })
    void aListThatIsNotWholeIsNotTaken(String page) {
        answers.put(PATH, page);

        assertThatThrownBy(this::keys)
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith("diff-service")
                .hasMessageNotContaining("u1");
    }

    @Test
    void whoDoesNotAnswerIsNamed() {
        assertThatThrownBy(this::keys).hasMessage("diff-service answered with status 500");
        server.stop(0);
        assertThatThrownBy(this::keys).hasMessage("diff-service could not be reached");
    }

    @Test
    void howTheHistoryStandsIsRead() {
        answers.put(PATH + "/standing", "{\"newest\":\"2026-03-01T10:00:00Z\",\"mismatched\":true}");
        assertThat(history.standing(TENANT))
                .isEqualTo(new LiveHistory.Standing(Optional.of(Instant.parse("2026-03-01T10:00:00Z")), true, false));
        answers.put(PATH + "/standing", "{\"mismatched\":false,\"importing\":true}");
        assertThat(history.standing(TENANT)).isEqualTo(new LiveHistory.Standing(Optional.empty(), false, true));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        history.eachLive(TENANT, (key, hash) -> keys.add(key.type() + "|" + key.id() + " " + hash.hex()));
        return keys;
    }

    private static String line(String type, String id) {
        return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"hash\":\"" + HASH + "\"}\n";
    }
}
