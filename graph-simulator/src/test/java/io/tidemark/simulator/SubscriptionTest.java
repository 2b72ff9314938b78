package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private volatile boolean echoing = true;
    private HttpServer subscriber;
    private Box box;

    @BeforeEach
    void open() throws IOException {
        subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.createContext("/", this::take);
        subscriber.start();
        box = Box.open(b -> b.time(Clock.fixed(START, ZoneOffset.UTC)));
    }

    @AfterEach
    void close() {
        box.close();
        subscriber.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null && query.startsWith("validationToken=")) {
            String token = URLDecoder.decode(query.substring(16), StandardCharsets.UTF_8);
            byte[] answer = (echoing ? token : "something else").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } else {
            received.add(Json.mapper().readTree(exchange.getRequestBody()).at("/value/0"));
            exchange.sendResponseHeaders(202, -1);
        }
        exchange.close();
    }

    private Answer subscribe(String changes, String resource, Duration life) {
        String address = "http://127.0.0.1:" + subscriber.getAddress().getPort();
        return box.graph.post(
                "/subscriptions",
                "{'changeType':'" + changes + "','notificationUrl':'" + address
                        + "/change','lifecycleNotificationUrl':'" + address + "/life','resource':'" + resource
                        + "','expirationDateTime':'" + START.plus(life) + "','clientState':'mine'}");
    }

    private List<String> told(String id) {
        return received.stream()
                .filter(one -> one.at("/resourceData/id").asText().equals(id))
                .map(one -> one.path("changeType").asText())
                .toList();
    }

    @Test
    void subscribersAreToldWhoChangedAndHow() {
        String subscription = subscribe("created,updated,deleted", "/users", Duration.ofHours(1))
                .body()
                .path("id")
                .asText();
        String user = box.user("observed");
        box.graph.patch("/users/" + user, "{'jobTitle':'Baker'}");
        box.graph.delete("/users/" + user);

        await().until(() -> told(user).size() == 4);
        assertThat(told(user)).containsExactly("created", "updated", "updated", "updated");
        JsonNode first = received.get(0);
        assertThat(first.path("subscriptionId").asText()).isEqualTo(subscription);
        assertThat(first.path("clientState").asText()).isEqualTo("mine");
        assertThat(first.path("resource").asText()).isEqualTo("Users/" + user);
        assertThat(first.at("/resourceData/@odata.type").asText()).isEqualTo("#Microsoft.Graph.User");
        assertThat(first.path("tenantId").asText())
                .isEqualTo(box.simulator.tenant().id().toString());
    }

    @Test
    void groupsTellWhichMemberCameAndWent() {
        String group = box.group("watched");
        String user = box.user("member");
        subscribe("updated", "groups/" + group + "/members", Duration.ofHours(1));
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");
        box.graph.patch("/groups/" + group, "{'description':'of no interest'}");
        box.graph.delete("/groups/" + group + "/members/" + user + "/$ref");

        await().until(() -> received.size() == 2);
        assertThat(received.get(0).at("/resourceData/members@delta/0/id").asText())
                .isEqualTo(user);
        assertThat(received.get(1).at("/resourceData/members@delta/0/@removed").asText())
                .isEqualTo("deleted");
    }

    @Test
    void whoDoesNotEchoTheTokenIsNotSubscribed() {
        echoing = false;

        Answer refused = subscribe("updated", "/users", Duration.ofHours(1));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("ValidationError");
        assertThat(box.graph.get("/subscriptions").body().path("value")).isEmpty();
    }

    @Test
    void aSubscriptionThatEndsIsAnnouncedAndAnEndedOneIsGone() {
        String subscription = subscribe("updated", "/users", Duration.ofHours(1))
                .body()
                .path("id")
                .asText();
        box.simulator.clock().advance(Duration.ofMinutes(50));
        await().until(() -> received.stream()
                .anyMatch(one -> one.path("lifecycleEvent").asText().equals("reauthorizationRequired")));
        Answer renewed = box.graph.patch(
                "/subscriptions/" + subscription, "{'expirationDateTime':'" + START.plus(Duration.ofHours(3)) + "'}");
        box.simulator.clock().advance(Duration.ofHours(4));

        await().until(() -> received.stream()
                .anyMatch(one -> one.path("lifecycleEvent").asText().equals("subscriptionRemoved")));
        assertThat(renewed.status()).isEqualTo(200);
        GraphClient later = box.as(Box.ADMIN, Box.ADMIN_SECRET);
        assertThat(later.get("/subscriptions/" + subscription).status()).isEqualTo(404);
    }

    @Test
    void noSubscriptionLivesLongerThanGraphAllowsNorIsOneToPolicies() {
        assertThat(subscribe("updated", "/users", Duration.ofDays(30)).status()).isEqualTo(400);
        assertThat(subscribe("updated", "/users", Duration.ofMinutes(41_760)).status())
                .isEqualTo(201);
        assertThat(subscribe("updated", "/applications", Duration.ofHours(1)).status())
                .isEqualTo(400);
        assertThat(subscribe("touched", "/users", Duration.ofHours(1)).status()).isEqualTo(400);
    }

    @Test
    void addressesBeyondThisMachineAreNotCalledUnlessTheSwitchSaysSo() {
        String elsewhere =
                "{'changeType':'updated','notificationUrl':'https://subscriber.invalid/','resource':'/users',"
                        + "'expirationDateTime':'" + START.plus(Duration.ofHours(1)) + "'}";
        assertThat(box.graph.post("/subscriptions", elsewhere).status()).isEqualTo(201);

        box.simulator.tenant().switches(box.simulator.tenant().switches().with("notifications", "ANY"));
        assertThat(box.graph.post("/subscriptions", elsewhere).code()).isEqualTo("ValidationError");
    }
}
