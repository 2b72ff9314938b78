package io.tidemark.restore.http;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.RecordedHistory;
import io.tidemark.restore.Recording;
import io.tidemark.restore.SimulatedTenant;
import io.tidemark.restore.plan.WantedState;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A simulated tenant whose department has just been wiped, and a history of it that answers as diff-service does. */
public final class WipedTenantResource implements QuarkusTestResourceLifecycleManager {

    private SimulatedTenant tenant;
    private HttpServer history;

    @Override
    public Map<String, String> start() {
        tenant = new SimulatedTenant(QuotaMode.OFF, Map.of("users", "200"));
        Recording before = tenant.record();
        tenant.play("department-wipe", Map.of("count", "15"));
        history = historyOf(new RecordedHistory(before, tenant.record()), tenant.id());
        SampleClient restorer = SampleClients.of(SimulatedTenant.SEED).named(SampleClients.RESTORER);
        Map<String, String> settings = new HashMap<>();
        settings.put("test.tenant", tenant.id().toString());
        settings.put("test.control", tenant.simulator().controlUrl().toString());
        settings.put("tidemark.graph.url", tenant.simulator().graphUrl() + "/v1.0");
        settings.put(
                "tidemark.graph.authority", tenant.simulator().authorityUrl().toString());
        settings.put("tidemark.graph.allow-http-authority", "true");
        settings.put("tidemark.graph.quota-scale", "1000");
        settings.put("tidemark.graph.tenants.\"" + tenant.id() + "\".client-id", restorer.clientId());
        settings.put("tidemark.graph.tenants.\"" + tenant.id() + "\".client-secret", restorer.secret());
        settings.put(
                "tidemark.services.diff-url",
                "http://127.0.0.1:" + history.getAddress().getPort());
        settings.put("tidemark.restore.verification.interval", "PT0.05S");
        settings.put("tidemark.restore.guard.four-eyes-above", "10");
        settings.put(
                "tidemark.restore.guard.break-glass",
                String.join(",", SampleTenants.breakGlassAccounts(SimulatedTenant.SEED)));
        return settings;
    }

    @Override
    public void stop() {
        if (history != null) {
            history.stop(0);
        }
        if (tenant != null) {
            tenant.close();
        }
    }

    private static HttpServer historyOf(RecordedHistory recorded, TenantId id) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.createContext("/api/v1/tenants/" + id + "/wanted-states", exchange -> {
                Map<?, ?> question = MessageCodec.mapper().readValue(exchange.getRequestBody(), Map.class);
                Selection selection = MessageCodec.mapper().convertValue(question.get("selection"), Selection.class);
                List<WantedState> states = new ArrayList<>();
                Instant at = recorded.read(id, String.valueOf(question.get("moment")), selection, states::add);
                exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    for (WantedState state : states) {
                        body.write(line(state));
                    }
                    body.write(("{\"end\":true,\"count\":" + states.size() + ",\"instant\":\"" + at + "\"}\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
            });
            server.createContext("/api/v1/tenants/" + id + "/snapshots/", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write("{\"counts\":{\"user\":200}}".getBytes(StandardCharsets.UTF_8));
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] line(WantedState state) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", state.key().type());
        line.put("id", state.key().id());
        line.put("wanted", state.wanted().isPresent() ? "PRESENT" : "ABSENT");
        line.put("latest", state.latest().name());
        if (state.body() != null) {
            line.put("body", state.body());
        }
        if (state.latestHash() != null) {
            line.put("latestHash", state.latestHash());
        }
        return (MessageCodec.mapper().writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
