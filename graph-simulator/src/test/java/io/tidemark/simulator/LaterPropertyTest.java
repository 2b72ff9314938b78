package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Properties that Graph gets while it is served. */
class LaterPropertyTest {

    private static Box box;

    @BeforeAll
    static void open() throws Exception {
        box = Box.open(
                b -> b,
                sink -> sink.object(
                        "users",
                        Json.object()
                                .put("id", "77777777-0000-4000-8000-000000000001")
                                .put("displayName", "Imported")
                                .put("userPrincipalName", "imported@contoso.example")
                                .put("colourOfTheDesk", "green")));
        declare("{\"type\":\"user\",\"name\":\"colourOfTheDesk\"}");
        declare("{\"type\":\"user\",\"name\":\"shoeSizes\",\"of\":\"[String]\",\"alone\":true}");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static void declare(String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(box.simulator.controlUrl() + "/properties"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anImportedValueIsShownToWhoAsksForItAndChangesOfItAreTold() {
        String user = "/users/77777777-0000-4000-8000-000000000001";
        String asked = "?$select=id,colourOfTheDesk";
        Answer whole = box.graph.get("/users/delta" + asked);
        String link = whole.body().path("@odata.deltaLink").asText();

        assertThat(box.graph.get(user).body().has("colourOfTheDesk")).isFalse();
        assertThat(box.graph.get(user + asked).body().path("colourOfTheDesk").asText())
                .isEqualTo("green");
        assertThat(box.graph.patch(user, "{'colourOfTheDesk':'red'}").status()).isEqualTo(204);

        JsonNode changed =
                box.graph.get(link.substring(link.indexOf("/users"))).body().path("value");
        assertThat(changed).hasSize(1);
        assertThat(changed.path(0).path("colourOfTheDesk").asText()).isEqualTo("red");
    }

    @Test
    void aListThatSelectsWhatOnlySingleObjectsShowFails() {
        assertThat(box.graph.get("/users?$top=1&$select=id,shoeSizes").status()).isEqualTo(501);
        assertThat(box.graph.get("/users/delta?$select=id,shoeSizes").status()).isEqualTo(501);
        assertThat(box.graph
                        .get("/users/77777777-0000-4000-8000-000000000001?$select=id,shoeSizes")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph.get("/users?$select=id,nobodyKnowsThis").status()).isEqualTo(400);
    }
}
