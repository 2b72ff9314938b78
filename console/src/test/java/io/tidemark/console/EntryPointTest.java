package io.tidemark.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EntryPointTest.EchoService.class)
class EntryPointTest {

    /** A service that answers every request with what it was sent. */
    public static class EchoService implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String address = exchange.getRequestURI().toString();
                exchange.getResponseHeaders().add("X-Path", address.substring(0, Math.min(1_000, address.length())));
                exchange.getResponseHeaders().add("X-Length", Integer.toString(address.length()));
                exchange.sendResponseHeaders(202, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            return Map.of("tidemark.services.diff-url", url, "tidemark.services.restore-url", "http://127.0.0.1:1");
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    @Test
    void aRequestReachesItsServiceWithPathQueryAndBody() {
        given().body("{\"from\":\"latest\"}")
                .post("/api/v1/tenants/t/reports?limit=3")
                .then()
                .statusCode(202)
                .header("X-Path", equalTo("/api/v1/tenants/t/reports?limit=3"))
                .body(is("{\"from\":\"latest\"}"));
    }

    @Test
    void aServiceThatIsDownBecomesAProblemThatSaysSo() {
        given().get("/api/v1/tenants/t/restores")
                .then()
                .statusCode(502)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:tidemark:problem:service-unreachable"));
    }

    @Test
    void anUnknownPathIsNotHandedOn() {
        given().get("/api/v1/tenants/t/nothing").then().statusCode(404).body("status", equalTo(404));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByAProblemThatSaysSo() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            client.getOutputStream()
                    .write(
                            "POST /api/v1/tenants/t/reports HTTP/1.1\r\nHost: console\r\nContent-Length: 11000000\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("request body has more than 10485760 bytes");
        }
    }

    @Test
    void aLongAddressReachesItsServiceToo() {
        String address = "/api/v1/tenants/t/reports/" + "x".repeat(10_000);

        given().get(address).then().statusCode(202).header("X-Length", equalTo(Integer.toString(address.length())));
    }
}
