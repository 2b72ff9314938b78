package io.tidemark.restore.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.plan.IncompleteHistoryException;
import io.tidemark.restore.plan.Presence;
import io.tidemark.restore.plan.WantedState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpWantedStatesTest {

    private static final TenantId TENANT = TenantId.parse("3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f");
    private static final String STATE =
            "{'type':'user','id':'u','wanted':'PRESENT','body':{'n':1.50},'latest':'HARD_DELETED','paths':['city']}\n";
    private static final String END = "{'end':true,'count':1,'instant':'2026-01-01T00:00:00Z'}\n";

    private final List<WantedState> states = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void statesAreHandedOnAndTheInstantIsReturned() {
        answer = STATE + END;

        assertThat(read()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(states).singleElement().satisfies(state -> {
            assertThat(state.key().text()).isEqualTo("user|u");
            assertThat(state.latest()).isEqualTo(Presence.HARD_DELETED);
            assertThat(state.paths()).containsExactly("city");
        });
    }

    @Test
    void anAnswerWithoutItsLastLineIsCutOff() {
        answer = STATE;

        assertThatThrownBy(this::read).isInstanceOf(IncompleteHistoryException.class);
    }

    @Test
    void anAnswerWithAnotherNumberOfStatesThanItSaysIsRefused() {
        answer = STATE + STATE + END;

        assertThatThrownBy(this::read).isInstanceOf(IncompleteHistoryException.class);
    }

    @Test
    void aBrokenLineIsRefusedWithoutItsContent() {
        answer = "{'type':'user','secret";

        assertThatThrownBy(this::read)
                .isInstanceOf(IncompleteHistoryException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRefusalSaysWhy() {
        status = 404;
        answer = "{'detail':'the snapshot is not known'}";

        assertThatThrownBy(this::read)
                .isInstanceOf(IncompleteHistoryException.class)
                .hasMessageContaining("the snapshot is not known");
    }

    private Instant read() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new HttpWantedStates(address).read(TENANT, "snapshot:s", Selection.ALL, states::add);
    }
}
