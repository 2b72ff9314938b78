package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Graph has and the simulator has not is told apart from what Graph has not either. */
class UnknownSegmentTest {

    private static Box box;
    private static String user;
    private static String group;

    @BeforeAll
    static void open() {
        box = Box.open();
        user = box.user("somebody");
        group = box.group("some");
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'" + box.simulator.graphUrl() + "/directoryObjects/" + user + "'}");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String filled(String path) {
        return path.replace("USER", user).replace("GROUP", group);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/USER/nonsense",
                "/users/USER/nonsense/1",
                "/groups/GROUP/nonsense",
                "/groups/GROUP/members/USER/nonsense",
                "/users/USER/authentication/nonsense",
                "/applications(appId='11111111-0000-4000-8000-000000000001')/nonsense",
                "/policies/authorizationPolicy/nonsense",
                "/policies/nonsense",
                "/identity/nonsense",
                "/identity/conditionalAccess/nonsense",
                "/nonsense"
            })
    void whatGraphDoesNotHaveIsABadRequest(String path) {
        Answer answer = box.graph.get(filled(path));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BadRequest");
        assertThat(answer.message()).isEqualTo("Resource not found for the segment 'nonsense'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/USER/calendar",
                "/users/USER/messages/1",
                "/users/USER/microsoft.graph.getMailTips",
                "/groups/GROUP/drive",
                "/groups/GROUP/members/USER/mailFolders",
                "/identity/verifiedId",
                "/sites/root"
            })
    void whatGraphHasElsewhereIsNotImplemented(String path) {
        assertThat(box.graph.get(filled(path)).status()).isEqualTo(501);
    }

    @Test
    void idsOfDirectoryObjectsAreGuids() {
        for (String path : List.of("/devices/abc", "/directoryObjects/abc", "/servicePrincipals/abc", "/groups/abc")) {
            Answer answer = box.graph.get(path);

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("Invalid object identifier 'abc'.");
        }
        assertThat(box.graph.get("/users/abc").status()).isEqualTo(404);
        assertThat(box.graph
                        .post("/directoryObjects/getByIds", "{'ids':['abc']}")
                        .message())
                .isEqualTo("Invalid GUID specified.");
    }

    @Test
    void oneRelationOfADirectoryObjectIsExpandedAtATime() {
        Answer two = box.graph.get("/groups/" + group + "?$expand=members,owners");
        Answer nested = box.graph.get("/groups?$expand=members($expand=memberOf)");

        assertThat(two.status()).isEqualTo(400);
        assertThat(two.message())
                .isEqualTo("The result of parsing $expand contained at least 2 items, but the maximum allowed is 1.");
        assertThat(nested.status()).isEqualTo(400);
        assertThat(nested.code()).isEqualTo("Request_UnsupportedQuery");
        assertThat(box.graph
                        .get("/groups/" + group + "?$expand=members($select=id)")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/users/" + user + "?$expand=manager($levels=max;$select=id)")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theNamesAreThoseOfThePublishedSchema() {
        Path file = Path.of(System.getProperty("reference.data", ""), "graph-v1.0-metadata.xml");
        assumeThat(Files.exists(file))
                .as("reference.data names a folder with the schema of Graph")
                .isTrue();
        PublishedSegments published = PublishedSegments.read(file);
        JsonNode table = Json.resource("segments.json");
        Map<String, TreeSet<String>> told = new TreeMap<>();
        Map<String, TreeSet<String>> real = new TreeMap<>();
        for (Map.Entry<String, JsonNode> type : table.path("types").properties()) {
            told.put(type.getKey(), names(type.getValue()));
            real.put(type.getKey(), published.behind(type.getKey()));
        }
        for (Map.Entry<String, JsonNode> place : table.path("places").properties()) {
            told.put(place.getKey(), names(place.getValue()));
            real.put(place.getKey(), published.under(place.getKey()));
        }

        assertThat(told).containsExactlyEntriesOf(real);
        assertThat(table.path("types").properties().stream().map(Map.Entry::getKey))
                .containsAll(Kinds.all().values().stream().map(Kind::type).toList());
    }

    private static TreeSet<String> names(JsonNode list) {
        TreeSet<String> names = new TreeSet<>(List.of(list.asText().split(" ")));
        names.remove("");
        return names;
    }
}
