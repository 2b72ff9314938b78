package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.simulator.control.TenantExport;
import io.tidemark.simulator.kind.Kinds;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    private Box box;

    @BeforeEach
    void open() {
        box = Box.open();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(box.simulator.controlUrl().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private JsonNode json(String answer) throws IOException {
        return new ObjectMapper().readTree(answer.substring(4));
    }

    @Test
    void theLedgerIsReadFromAnyPlace() throws Exception {
        box.group("one");
        box.group("two");

        List<String> lines =
                call("GET", "/ledger?from=2", "").substring(4).lines().toList();

        assertThat(lines).hasSize(1);
        JsonNode entry = new ObjectMapper().readTree(lines.get(0));
        assertThat(entry.path("seq").asInt()).isEqualTo(2);
        assertThat(entry.path("method").asText()).isEqualTo("POST");
        assertThat(entry.path("appId").asText()).isEqualTo(Box.ADMIN);
        assertThat(entry.at("/after/displayName").asText()).isEqualTo("two");
        assertThat(entry.path("bodyHash").asText()).hasSize(64);
    }

    @Test
    void stateClockQuotasLatenessAndFaultsAreSteered() throws Exception {
        box.group("counted");

        assertThat(json(call("GET", "/state", "")).at("/live/groups").asInt()).isEqualTo(1);
        call("POST", "/quotas", "{'mode':'REAL'}");
        call("POST", "/lateness", "{'replicas':'PT5S'}");
        call("POST", "/clock", "{'set':'2030-01-01T00:00:00Z','pace':0}");
        call("POST", "/faults", "{'fault':'UNAVAILABLE','route':'/users','times':1}");

        JsonNode state = json(call("GET", "/state", ""));
        assertThat(state.path("quotas").asText()).isEqualTo("REAL");
        assertThat(state.at("/lateness/replicas").asText()).isEqualTo("PT5S");
        assertThat(json(call("GET", "/clock", "")).path("now").asText()).isEqualTo("2030-01-01T00:00:00Z");
        GraphClient later = box.as(Box.ADMIN, Box.ADMIN_SECRET);
        assertThat(later.get("/users").status()).isEqualTo(503);
        assertThat(later.get("/users").status()).isEqualTo(200);
        assertThat(call("POST", "/faults", "{'fault':'NONSENSE'}")).startsWith("400");
        assertThat(call("GET", "/nothing", "")).startsWith("404");
    }

    @Test
    void aTenantIsExportedAndReadAgain(@TempDir Path folder) throws Exception {
        String group = box.group("kept");
        String user = box.user("kept");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        String binned = box.group("binned");
        box.graph.delete("/groups/" + binned);

        Path file = folder.resolve("tenant.ndjson");
        Files.writeString(file, call("GET", "/export", "").substring(4));
        try (GraphSimulator other = GraphSimulator.start(
                SimulatorConfig.builder().tenantSeed(TenantExport.read(file)).build())) {
            assertThat(other.tenant().count(Kinds.all().get("groups"))).isEqualTo(1);
            var read = other.tenant().find(Kinds.all().get("groups"), group);
            assertThat(other.tenant().read(() -> read.targets("members")).get(0).id())
                    .isEqualTo(user);
            assertThat(other.tenant().bin(Kinds.all().get("groups"))).hasSize(1);
        }
    }
}
