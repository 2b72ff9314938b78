package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.intake.TenantImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Conditional Access as people really write it, with placeholders and without the groups and locations that it names. */
class RealPoliciesTest {

    private static final ObjectMapper MAPPER = Json.mapper();

    @Test
    void theyAreLoadedReadBackAndChanged() throws IOException {
        String data = System.getProperty("reference.data", "");
        assumeThat(data).as("the published policies, named by -Dreference.data").isNotEmpty();
        Path folder = Path.of(data, "conditional-access");
        List<JsonNode> written = new ArrayList<>();
        for (String file : List.of("alexfilipin-policies.json", "clutch2view-policies.json")) {
            MAPPER.readTree(folder.resolve(file).toFile()).path("policies").forEach(written::add);
        }

        List<String> lines = new ArrayList<>();

        try (Box box = Box.open(builder -> builder, TenantImport.read(folder, lines::add))) {
            assertThat(lines).contains("read 81 conditionalAccessPolicies", "read 5 namedLocations");
            Answer listed =
                    box.graph.get("/identity/conditionalAccess/policies", "Prefer", "include-unknown-enum-members");
            assertThat(listed.body().path("value")).hasSize(81);
            for (int i = 0; i < written.size(); i++) {
                JsonNode policy = listed.body().path("value").path(i);
                JsonNode original = written.get(i);
                compare("", original, policy);
                Answer changed = box.graph.patch(
                        "/identity/conditionalAccess/policies/"
                                + policy.path("id").asText(),
                        "{'displayName':'changed','state':'disabled'}");
                assertThat(changed.status())
                        .as(original.path("displayName").asText() + changed.body())
                        .isEqualTo(204);
            }
            assertThat(box.graph
                            .get("/identity/conditionalAccess/namedLocations")
                            .body()
                            .path("value"))
                    .hasSize(5)
                    .allMatch(place -> place.path("@odata.type").asText().contains("NamedLocation"));
        }
    }

    /** What was written is there in the same words; what version 1.0 does not have is not shown. */
    private static void compare(String path, JsonNode written, JsonNode shown) {
        for (Map.Entry<String, JsonNode> member : written.properties()) {
            String name = member.getKey().substring(0, 1).toLowerCase(Locale.ROOT)
                    + member.getKey().substring(1);
            JsonNode value = member.getValue();
            String at = path + "/" + name;
            if (name.contains("@") || !shown.has(name)) {
                assertThat(at)
                        .matches(
                                "/modifiedDateTime|/conditions/(deviceStates|times)|/grantControls/authenticationStrength.*|.*@odata.*");
            } else if (value.isObject() && shown.path(name).isObject()) {
                compare(at, value, shown.path(name));
            } else {
                assertThat(shown.path(name)).as(at).isEqualTo(value);
            }
        }
    }
}
