package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.tenant.Switches;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of reading on which clients of other makers rely. */
class ReadingRulesTest {

    private static final String ANNE = "0a0b0c0d-0000-4000-8000-000000000001";
    private static final String BOB = "0a0b0c0d-0000-4000-8000-000000000002";
    private static final String BOSS = "0a0b0c0d-0000-4000-8000-000000000003";
    private static final String TEAM = "0a0b0c0d-0000-4000-8000-000000000010";
    private static final String INNER = "0a0b0c0d-0000-4000-8000-000000000011";

    private static Box box;

    private static void user(io.tidemark.simulator.tenant.SeedSink sink, String id, String name) {
        sink.object(
                "users",
                Json.object()
                        .put("id", id)
                        .put("displayName", name)
                        .put("userPrincipalName", name.split(" ")[0].toLowerCase() + "@example.com")
                        .put("accountEnabled", true)
                        .put("createdDateTime", "2024-01-01T00:00:00Z"));
    }

    private static void group(io.tidemark.simulator.tenant.SeedSink sink, String id, String name) {
        sink.object(
                "groups",
                Json.object()
                        .put("id", id)
                        .put("displayName", name)
                        .put("securityEnabled", true)
                        .put("mailEnabled", false));
    }

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            user(sink, ANNE, "Anne O'Hara");
            user(sink, BOB, "Bob BuilderTeam7");
            user(sink, BOSS, "Carla Boss");
            group(sink, TEAM, "Team");
            group(sink, INNER, "Inner");
            sink.link("groups", TEAM, "members", ANNE);
            sink.link("groups", TEAM, "members", BOB);
            sink.link("groups", TEAM, "members", INNER);
            sink.link("users", ANNE, "manager", BOB);
            sink.link("users", BOB, "manager", BOSS);
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/" + ANNE,
                "/Users/" + ANNE,
                "/USERS('" + ANNE + "')",
                "/users(id='" + ANNE + "')",
                "/users/anne@example.com",
                "/users('ANNE@EXAMPLE.COM')",
                "/users(userPrincipalName='anne@example.com')",
                "//users//" + ANNE + "/",
                "/directoryObjects/" + ANNE,
                "/directoryObjects('" + ANNE + "')",
                "/groups/" + TEAM + "/members/" + ANNE,
                "/groups/" + TEAM + "/microsoft.graph.members/" + ANNE,
                "/users/0A0B0C0D-0000-4000-8000-000000000001"
            })
    void anObjectHasManySpellings(String path) {
        Answer answer = box.graph.get(path);

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("displayName").asText()).isEqualTo("Anne O'Hara");
    }

    @ParameterizedTest
    @CsvSource({
        "/groups/" + TEAM + "/members/microsoft.graph.user,2",
        "/groups/" + TEAM + "/members/microsoft.graph.group,1",
        "/groups/" + TEAM + "/transitiveMembers,3",
        "/groups/" + TEAM + "/members/$ref,3",
        "/groups/" + TEAM + "/members?$select=id,3",
        "/users/" + BOSS + "/directReports,1"
    })
    void listsCanBeNarrowedToATypeOrToReferences(String path, int expected) {
        assertThat(box.graph.get(path).body().path("value")).hasSize(expected);
    }

    @Test
    void countsOfATypeAreCountsOfThatType() {
        assertThat(box.graph
                        .get("/groups/" + TEAM + "/members/microsoft.graph.user/$count", "ConsistencyLevel", "eventual")
                        .response()
                        .body())
                .isEqualTo("2");
    }

    @Test
    void referencesAreReadInPages() {
        Answer first = box.graph.get("/groups/" + TEAM + "/members/$ref?$top=2");
        Answer second = box.graph.get(first.body().path("@odata.nextLink").asText());

        assertThat(first.body().path("value")).hasSize(2);
        assertThat(first.body().at("/value/0/@odata.id").asText())
                .endsWith("/directoryObjects/" + ANNE + "/Microsoft.DirectoryServices.User");
        assertThat(second.body().path("value")).hasSize(1);
        assertThat(second.body().at("/value/0").has("displayName")).isFalse();
    }

    @Test
    void theValueOfAPropertyCanBeReadAlone() {
        assertThat(box.graph
                        .get("/users/" + ANNE + "/displayName")
                        .body()
                        .path("value")
                        .asText())
                .isEqualTo("Anne O'Hara");
        assertThat(box.graph
                        .get("/users/" + ANNE + "/displayName/$value")
                        .response()
                        .body())
                .isEqualTo("Anne O'Hara");
    }

    @Test
    void withoutMetadataOnlyLinksToGoOnRemain() {
        Answer answer =
                box.graph.get("/groups/" + TEAM + "/members?$top=2", "Accept", "application/json;odata.metadata=none");

        assertThat(answer.body().has("@odata.context")).isFalse();
        assertThat(answer.body().has("@odata.nextLink")).isTrue();
        assertThat(answer.body().at("/value/0").has("@odata.type")).isFalse();
        assertThat(answer.header("content-type")).contains("odata.metadata=none");
    }

    @Test
    void fullMetadataTellsTypesIdsAndLinks() {
        JsonNode user = box.graph
                .get(
                        "/users/" + ANNE + "?$select=id,displayName,createdDateTime,businessPhones",
                        "Accept",
                        "application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=full")
                .body();

        assertThat(user.path("@odata.type").asText()).isEqualTo("#microsoft.graph.user");
        assertThat(user.path("@odata.id").asText())
                .endsWith("/directoryObjects/" + ANNE + "/Microsoft.DirectoryServices.User");
        assertThat(user.path("createdDateTime@odata.type").asText()).isEqualTo("#DateTimeOffset");
        assertThat(user.path("businessPhones@odata.type").asText()).isEqualTo("#Collection(String)");
        assertThat(user.path("manager@odata.navigationLink").asText()).endsWith("/manager");
        assertThat(box.graph
                        .post(
                                "/groups/" + INNER + "/members/$ref",
                                "{'@odata.id':'" + user.path("@odata.id").asText() + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph
                        .delete("/groups/" + INNER + "/members/" + ANNE + "/$ref")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void expansionsNestAndFollowManagersUpwards() {
        JsonNode anne = box.graph
                .get("/users/" + ANNE + "?$select=id&$expand=manager($levels=max;$select=id,displayName)")
                .body();
        JsonNode team = box.graph
                .get("/groups/" + TEAM + "?$expand=members($select=id;$filter=displayName eq 'Inner')")
                .body();

        assertThat(anne.at("/manager/manager/displayName").asText()).isEqualTo("Carla Boss");
        assertThat(anne.at("/manager/manager").has("manager")).isFalse();
        assertThat(team.path("members")).hasSize(1);
        assertThat(team.at("/members/0/id").asText()).isEqualTo(INNER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"displayName:hara\"|1",
                "\"displayName:team\"|1",
                "\"displayName:7\"|1",
                "\"displayName:anne\" OR \"displayName:carla\"|2",
                "\"displayName:anne\" AND \"userPrincipalName:anne\"|1",
                "(\"displayName:anne\" OR \"displayName:bob\") AND \"userPrincipalName:bob\"|1",
                "\"userPrincipalName:example\"|0"
            })
    void aSearchFindsWords(String search, int expected) {
        Answer answer = box.graph.get("/users?$search=" + search.replace("\"", "%22"), "ConsistencyLevel", "eventual");

        assertThat(answer.body().path("value")).as(answer.message()).hasSize(expected);
    }

    @Test
    void aSearchNeedsItsQuotes() {
        Answer answer = box.graph.get("/users?$search=displayName:anne", "ConsistencyLevel", "eventual");

        assertThat(answer.code()).isEqualTo("BadRequest");
        assertThat(answer.message())
                .isEqualTo("Syntax error: character ':' is not valid at position 11 in 'displayName:anne'.");
    }

    @Test
    void theMetadataDocumentIsWellFormedAndOpenToAll() throws Exception {
        Answer answer = new GraphClient(box.simulator.graphUrl(), "").get("/$metadata");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.response().body().getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.header("content-type")).startsWith("application/xml");
        assertThat(document.getElementsByTagName("EntityType").getLength()).isGreaterThan(20);
        assertThat(answer.response().body())
                .contains("<EntitySet Name=\"users\" EntityType=\"microsoft.graph.user\"/>");
        assertThat(new GraphClient(box.simulator.graphUrl(), "").get("/").body().path("value"))
                .isNotEmpty();
    }

    @Test
    void whatGraphDoesNotHaveIsDistinguishedFromWhatTheSimulatorLacks() {
        assertThat(box.graph.get("/shoes").status()).isEqualTo(400);
        assertThat(box.graph.get("/shoes").message()).isEqualTo("Resource not found for the segment 'shoes'.");
        assertThat(box.graph.get("/planner/plans").status()).isEqualTo(501);
    }

    @Test
    void pagesThatAreTooLargeAreWhatTheSwitchSays() {
        try (Box other = Box.open()) {
            for (int i = 0; i < 3; i++) {
                other.user("u" + i);
            }
            Switches usual = other.simulator.tenant().switches();
            assertThat(other.graph.get("/users?$top=5000").status()).isEqualTo(200);

            other.simulator.tenant().switches(usual.with("oversizePage", "REJECT"));

            assertThat(other.graph.get("/users?$top=1000").message())
                    .isEqualTo("Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
            assertThat(other.graph.get("/users?$top=999").status()).isEqualTo(200);
        }
    }

    @Test
    void securityGroupsAreGoneForGoodIfTheSwitchSaysSo() {
        try (Box other = Box.open()) {
            other.simulator.tenant().switches(Switches.USUAL.with("securityGroupsRecoverable", "false"));
            String id = other.group("gone");

            other.graph.delete("/groups/" + id);

            assertThat(other.graph.get("/directory/deletedItems/" + id).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void membershipsAreReadLateToo() {
        try (Box late = Box.open(b -> b.lateness(Lateness.ofReplicas(Duration.ofMinutes(1))))) {
            String group = late.group("late");
            String user = late.user("late");
            late.simulator.clock().advance(Duration.ofMinutes(2));
            late.graph.post(
                    "/groups/" + group + "/members/$ref",
                    "{'@odata.id':'https://graph.microsoft.com/v1.0/users/" + user + "'}");
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                seen.add(late.graph
                        .get("/groups/" + group + "/members")
                        .body()
                        .path("value")
                        .size());
            }
            late.simulator.clock().advance(Duration.ofMinutes(2));

            assertThat(seen).contains(0, 1);
            assertThat(late.graph.get("/groups/" + group + "/members").body().path("value"))
                    .hasSize(1);
        }
    }
}
