package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    private static final int USERS = 250;
    private static final String GROUP = "aaaaaaaa-0000-4000-8000-000000000001";

    private static Box box;

    private static String id(int number) {
        return String.format("00000000-0000-4000-8000-%012d", number);
    }

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            for (int i = 0; i < USERS; i++) {
                var user = Json.object()
                        .put("id", id(i))
                        .put("displayName", "User " + (USERS - i))
                        .put("userPrincipalName", "u" + i + "@example.com")
                        .put("mail", i % 2 == 0 ? "u" + i + "@example.com" : null)
                        .put("department", i % 5 == 0 ? "Sales" : "Other")
                        .put("accountEnabled", i % 10 != 0)
                        .put("createdDateTime", String.format("2024-01-01T%02d:00:00Z", i % 24));
                user.putArray("proxyAddresses").add("SMTP:u" + i + "@example.com");
                sink.object("users", user);
            }
            sink.object(
                    "groups",
                    Json.object()
                            .put("id", GROUP)
                            .put("displayName", "Many")
                            .put("securityEnabled", true)
                            .put("mailEnabled", false));
            for (int i = 0; i < 120; i++) {
                sink.link("groups", GROUP, "members", id(i));
            }
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @Test
    void aListIsReadPageByPageWithoutGapOrRepeat() {
        Set<String> seen = new HashSet<>();
        Answer answer = box.graph.get("/users?$select=id&$top=30");
        int told = 0;
        while (true) {
            for (JsonNode user : answer.body().path("value")) {
                seen.add(user.path("id").asText());
                told++;
            }
            if (!answer.body().has("@odata.nextLink")) {
                break;
            }
            answer = box.graph.get(answer.body().path("@odata.nextLink").asText());
        }

        assertThat(told).isEqualTo(USERS);
        assertThat(seen).hasSize(USERS);
        assertThat(box.graph.get("/users").body().path("value")).hasSize(100);
        assertThat(box.graph
                        .get("/groups/" + GROUP + "/members?$top=999")
                        .body()
                        .path("value"))
                .hasSize(120);
    }

    @Test
    void aPageTokenAges() {
        try (Box other = Box.open()) {
            other.user("a");
            other.user("b");
            String next = other.graph
                    .get("/users?$top=1")
                    .body()
                    .path("@odata.nextLink")
                    .asText();

            other.simulator.clock().advance(Duration.ofMinutes(30));

            assertThat(other.graph.get(next).code()).isEqualTo("Directory_ExpiredPageToken");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "department eq 'Sales'|50",
                "department eq 'sales' and accountEnabled eq true|25",
                "accountEnabled eq false or department eq 'Sales'|50",
                "startsWith(userPrincipalName,'u1')|111",
                "userPrincipalName in ('u1@example.com','u2@example.com','nobody')|2",
                "id eq '00000000-0000-4000-8000-000000000007'|1",
                "proxyAddresses/any(p:p eq 'SMTP:u7@example.com')|1",
                "proxyAddresses/any(p:startsWith(p,'SMTP:u7@'))|1",
                "createdDateTime ge 2024-01-01T23:00:00Z|10",
                "createdDateTime le 2024-01-01T00:00:00Z|11",
                "mail eq null|125",
                "(department eq 'Sales') and (mail eq null)|25"
            })
    void filtersFindWhatTheySay(String filter, int expected) {
        Answer answer = box.graph.get("/users?$top=999&$select=id&$filter=" + filter);

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("value")).hasSize(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "department ne 'Sales'|200",
                "not(department eq 'Sales')|200",
                "endsWith(mail,'4@example.com')|25",
                "mail ne null|125"
            })
    void advancedFiltersNeedTheHeaderAndTheCount(String filter, int expected) {
        String url = "/users?$top=999&$select=id&$filter=" + filter;

        assertThat(box.graph.get(url).code()).isEqualTo("Request_UnsupportedQuery");
        assertThat(box.graph.get(url + "&$count=true").code()).isEqualTo("Request_UnsupportedQuery");
        Answer advanced = box.graph.get(url + "&$count=true", "ConsistencyLevel", "eventual");
        assertThat(advanced.body().path("value")).hasSize(expected);
        assertThat(advanced.body().path("@odata.count").asInt()).isEqualTo(expected);
    }

    @Test
    void countsAndSearchesNeedTheHeader() {
        assertThat(box.graph.get("/users/$count").message()).isEqualTo("$count is not currently supported.");
        assertThat(box.graph
                        .get("/users/$count", "ConsistencyLevel", "eventual")
                        .response()
                        .body())
                .isEqualTo(Integer.toString(USERS));
        assertThat(box.graph.get("/users?$count=true").body().has("@odata.count"))
                .isFalse();
        assertThat(box.graph
                        .get("/users?$search=\"displayName:User 7\"".replace("\"", "%22"))
                        .message())
                .isEqualTo("Request with $search query parameter only works through MSGraph with a special request"
                        + " header: 'ConsistencyLevel: eventual'");
        assertThat(box.graph
                        .get("/users?$search=%22displayName:User 77%22", "ConsistencyLevel", "eventual")
                        .body()
                        .path("value"))
                .hasSize(1);
        assertThat(box.graph
                        .get("/users?$filter=department eq 'Sales'&$orderby=displayName")
                        .message())
                .isEqualTo("Sorting not supported for current query.");
    }

    @Test
    void expansionStopsAtTwenty() {
        Answer answer = box.graph.get("/groups/" + GROUP + "?$expand=members($select=id)");

        assertThat(answer.body().path("members")).hasSize(20);
        assertThat(answer.body().has("members@odata.nextLink")).isFalse();
    }

    @Test
    void impossibleQueriesAreErrors() {
        assertThat(box.graph.get("/users?$select=shoeSize").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?$filter=department eq").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?$filter=shoeSize eq 3").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?$top=0").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?$skip=5").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?$select=aboutMe").status()).isEqualTo(501);
        assertThat(box.graph.get("/users?$top=5000").body().path("value")).hasSize(USERS);
    }

    @Test
    void objectsAreFoundByTheirIds() {
        Answer answer = box.graph.post(
                "/directoryObjects/getByIds", "{'ids':['" + id(1) + "','" + GROUP + "','" + id(9999) + "']}");

        assertThat(answer.body().path("value")).as(answer.response().body()).hasSize(2);
        assertThat(answer.body().at("/value/1/@odata.type").asText()).isEqualTo("#microsoft.graph.group");
        assertThat(box.graph
                        .get("/directoryObjects/" + GROUP)
                        .body()
                        .path("displayName")
                        .asText())
                .isEqualTo("Many");
        assertThat(box.graph
                        .post("/users/" + id(1) + "/getMemberGroups", "{'securityEnabledOnly':false}")
                        .body()
                        .at("/value/0")
                        .asText())
                .isEqualTo(GROUP);
    }
}
