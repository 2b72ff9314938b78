package io.tidemark.graph.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.StubGraph.Reply;
import io.tidemark.graph.pace.Sleeper;
import io.tidemark.graph.transport.GraphException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tenants side by side, one of them broken in every way: it says so when its patience ends, and no other one waits for it. */
class BrokenNeighboursTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int READS = 50;

    /** How a tenant can be out of reach. */
    enum Trouble {
        NO_SUCH_HOST(Reason.UNAVAILABLE),
        NO_TLS(Reason.UNAVAILABLE),
        NOBODY_LISTENS(Reason.UNAVAILABLE),
        SILENT(Reason.UNAVAILABLE),
        TOKEN_REFUSED(Reason.UNAUTHORIZED),
        TOKEN_SERVER_ILL(Reason.UNAVAILABLE),
        GRAPH_ILL(Reason.UNAVAILABLE),
        THROTTLED(Reason.THROTTLED);

        private final Reason reason;

        Trouble(Reason reason) {
            this.reason = reason;
        }
    }

    private final StubGraph broken = new StubGraph();
    private final StubGraph healthy = new StubGraph();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable one : open) {
            one.close();
        }
        broken.close();
        healthy.close();
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenTenantSaysSoAndDelaysNobody(Trouble trouble) throws Exception {
        GraphConnection ill = connection(trouble);
        GraphConnection well =
                keep(GraphConnection.open(healthy.settings(new FastTime()).build()));
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> waiting = threads.submit(() -> {
            begun.countDown();
            ill.fetch(GraphRequest.get("users/1"));
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < READS; i++) {
            healthy.answers(200, "{\"id\":\"1\"}");
        }

        for (int i = 0; i < READS; i++) {
            assertThat(well.fetch(GraphRequest.get("users/1")).findString("id")).contains("1");
        }

        assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(trouble.reason));
    }

    @Test
    void theHealthyOneIsReadWhileTheSilentOneIsStillWaitedFor() throws Exception {
        GraphConnection ill = connection(Trouble.SILENT);
        Future<?> waiting = threads.submit(() -> ill.fetch(GraphRequest.get("users/1")));
        healthy.answers(200, "{\"id\":\"1\"}");

        keep(GraphConnection.open(healthy.settings(new FastTime()).build())).fetch(GraphRequest.get("users/1"));

        assertThat(waiting.isDone()).isFalse();
    }

    private GraphConnection connection(Trouble trouble) throws IOException {
        GraphSettings.Builder settings = broken.settings(new FastTime())
                .clock(Clock.systemUTC())
                .sleeper(Sleeper.SYSTEM)
                .patience(PATIENCE)
                .readTimeout(Duration.ofSeconds(1));
        switch (trouble) {
            case NO_SUCH_HOST -> settings.graphUrl(URI.create("https://graph.tidemark.invalid/v1.0"));
            case NO_TLS ->
                settings.graphUrl(
                        URI.create("https://127.0.0.1:" + broken.root().getPort() + "/v1.0"));
            case NOBODY_LISTENS -> settings.graphUrl(URI.create("http://127.0.0.1:" + freePort() + "/v1.0"));
            case SILENT -> settings.graphUrl(URI.create("http://127.0.0.1:" + silentPort() + "/v1.0"));
            case TOKEN_REFUSED ->
                repeat(() -> broken.authorityAnswers(Reply.json(
                        401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: wrong secret\"}")));
            case TOKEN_SERVER_ILL -> repeat(() -> broken.authorityAnswers(Reply.json(500, "ill")));
            case GRAPH_ILL -> repeat(() -> broken.answers(503, "{}"));
            case THROTTLED -> repeat(() -> broken.answers(Reply.json(429, "{}").with("Retry-After", "2")));
        }
        return keep(GraphConnection.open(settings.build()));
    }

    private GraphConnection keep(GraphConnection connection) {
        open.add(connection);
        return connection;
    }

    private static void repeat(Runnable answer) {
        for (int i = 0; i < 20; i++) {
            answer.run();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Takes connections and never answers. */
    private int silentPort() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(socket);
        return socket.getLocalPort();
    }
}
