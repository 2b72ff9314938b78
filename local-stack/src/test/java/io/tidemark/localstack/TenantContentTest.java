package io.tidemark.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.sample.SampleClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantContentTest {

    @TempDir
    Path folder;

    @Test
    void anExportTakesThePlaceOfTheMadeUpTenantAndTheServicesCanSignIn() throws IOException {
        Path export = Files.writeString(folder.resolve("users.json"), """
                {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [
                  {"id": "3f0c2a5e-0000-4000-8000-000000000001", "displayName": "Ada", "userPrincipalName": "ada@example.org"},
                  {"id": "3f0c2a5e-0000-4000-8000-000000000002", "displayName": "Ben", "userPrincipalName": "ben@example.org"}]}
                """);
        TenantContent content = TenantContent.USUAL.withExport(export);
        List<String> told = new ArrayList<>();

        try (GraphSimulator simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(content.tenantId())
                .tenantSeed(content.objects(told::add))
                .build())) {
            assertThat(simulator.tenant().count(Kinds.all().get("users"))).isEqualTo(2);
            String reader = content.clients().named(SampleClients.READER).clientId();
            assertThat(simulator.tenant().registration(reader)).isNotNull();
        }
        assertThat(told).anyMatch(line -> line.contains("users") && line.contains("2"));
    }

    @Test
    void anExportThatIsNotThereIsNamed() {
        TenantContent content = TenantContent.USUAL.withExport(folder.resolve("missing"));

        assertThatThrownBy(() -> content.objects(line -> {}))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("missing");
    }
}
