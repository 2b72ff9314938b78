package io.tidemark.diff.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.directory.TenantId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLiveTenantTest {

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private HttpServer server;
    private int status = 202;
    private String received = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/api/v1/tenants/" + tenant + "/captures", exchange -> {
            received = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = "{\"captureId\":\"live-1\",\"state\":\"QUEUED\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anIncrementalCaptureIsAskedFor() {
        String id = new HttpLiveTenant(new SnapshotService(address())).capture(tenant);

        assertThat(id).isEqualTo("live-1");
        assertThat(received).contains("\"mode\":\"INCREMENTAL\"");
    }

    @Test
    void aRefusalIsNamed() {
        status = 503;

        assertThatThrownBy(() -> new HttpLiveTenant(new SnapshotService(address())).capture(tenant))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("status 503");
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        URI nobody = address();
        server.stop(0);

        assertThatThrownBy(() -> new HttpLiveTenant(new SnapshotService(nobody)).capture(tenant))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("could not be reached");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
