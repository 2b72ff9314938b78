package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.control.TenantExport;
import io.tidemark.simulator.tenant.ClientRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who could sign in before an export can after it, and the export does not tell how. */
class ExportedSecretTest {

    private static final String OTHER = "33333333-cccc-4ccc-8ccc-333333333333";

    @TempDir
    Path folder;

    @Test
    void secretsSurviveAnExportWithoutStandingInIt() throws IOException {
        List<String> lines = new ArrayList<>();
        String appId;
        String secret;
        try (Box box = Box.open()) {
            box.simulator
                    .tenant()
                    .register(ClientRegistration.withSecret(
                            OTHER, "other", "chosen by a person", Set.of("User.Read.All")));
            var application =
                    box.graph.post("/applications", "{'displayName':'kept'}").body();
            appId = application.path("appId").asText();
            box.graph.post("/servicePrincipals", "{'appId':'" + appId + "'}");
            secret = box.graph
                    .post("/applications/" + application.path("id").asText() + "/addPassword", "{}")
                    .body()
                    .path("secretText")
                    .asText();
            assertThat(GraphClient.token(box.simulator, appId, secret)).isNotEmpty();
            TenantExport.write(box.simulator.tenant(), lines::add);
        }
        assertThat(String.join("\n", lines))
                .doesNotContain(secret)
                .doesNotContain("chosen by a person")
                .doesNotContain(Box.ADMIN_SECRET);

        Path file = Files.write(folder.resolve("tenant.jsonl"), lines);
        List<String> again = new ArrayList<>();
        try (GraphSimulator loaded = GraphSimulator.start(
                SimulatorConfig.builder().tenantSeed(TenantExport.read(file)).build())) {
            assertThat(GraphClient.token(loaded, appId, secret)).isNotEmpty();
            assertThat(GraphClient.token(loaded, appId, secret)).isNotEmpty();
            assertThat(GraphClient.token(loaded, appId, secret + "x")).isEmpty();
            assertThat(GraphClient.token(loaded, OTHER, "chosen by a person")).isNotEmpty();
            assertThat(GraphClient.token(loaded, OTHER, "guessed")).isEmpty();
            GraphClient other =
                    new GraphClient(loaded.graphUrl(), GraphClient.token(loaded, OTHER, "chosen by a person"));
            assertThat(other.get("/users").status()).isEqualTo(200);
            assertThat(other.get("/applications").status()).isEqualTo(403);
            TenantExport.write(loaded.tenant(), again::add);

            loaded.tenant().register(ClientRegistration.withSecret(OTHER, "other", "another", Set.of()));
            assertThat(GraphClient.token(loaded, OTHER, "chosen by a person")).isEmpty();
            assertThat(GraphClient.token(loaded, OTHER, "another")).isNotEmpty();
        }
        assertThat(String.join("\n", again)).doesNotContain(secret).doesNotContain("chosen by a person");
        assertThat(again.stream().filter(line -> line.startsWith("{\"secret\"")))
                .hasSameSizeAs(lines.stream()
                        .filter(line -> line.startsWith("{\"secret\""))
                        .toList());
    }
}
