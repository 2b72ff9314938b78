package io.tidemark.diff.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimedBodiesTest {

    private static final byte[] BODY = "{\"id\":\"a1\",\"height\":1.80}".getBytes(StandardCharsets.UTF_8);

    private HttpServer sender;
    private ClaimedBodies bodies;
    private int status = 200;
    private byte[] answer = BODY;

    @BeforeEach
    void start() throws IOException {
        sender = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        sender.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        sender.start();
        bodies = new ClaimedBodies(new SnapshotService(
                URI.create("http://127.0.0.1:" + sender.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        sender.stop(0);
    }

    @Test
    void aClaimIsRedeemedWithTheVeryText() {
        ObjectState whole = bodies.redeem(claimed());

        assertThat(whole.claim()).isNull();
        assertThat(JsonText.text(whole.body())).isEqualTo(new String(BODY, StandardCharsets.UTF_8));
    }

    @Test
    void aStateWithABodyIsLeftAlone() {
        ObjectState state = claimed().redeemed(JsonText.parseObject("{}"));

        assertThat(bodies.redeem(state)).isSameAs(state);
    }

    @Test
    void anotherBodyThanTheClaimedOneIsRefused() {
        answer = "{\"id\":\"a1\",\"height\":1.81}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> bodies.redeem(claimed()))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("not the one that was sent");
    }

    @Test
    void aBodyThatTheSenderDoesNotHaveIsRefused() {
        status = 404;

        assertThatThrownBy(() -> bodies.redeem(claimed())).isInstanceOf(ContractException.class);
    }

    @Test
    void aSenderInTroubleIsAskedAgainLater() {
        status = 503;

        assertThatThrownBy(() -> bodies.redeem(claimed())).isInstanceOf(IllegalStateException.class);
    }

    private static ObjectState claimed() {
        return new ObjectState(
                        "5f4e0f5e-3c5c-4f0e-8d5c-0d6f3c1b2a11",
                        "application",
                        "a1",
                        "0".repeat(64),
                        "c1",
                        ObjectState.Source.FULL,
                        Instant.parse("2026-03-01T10:00:00Z"),
                        null,
                        null,
                        List.of())
                .claimed(new BodyClaim(ContentHash.of(BODY).hex(), BODY.length));
    }
}
