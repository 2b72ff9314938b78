package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that are odd but legal, or wrong in ways that Graph has words for. */
class OddRequestTest {

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String joined(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "displayName eq '" + i + "'")
                .collect(Collectors.joining(" or "));
    }

    private static String list(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(",", "id in (", ")"));
    }

    @Test
    void aFilterTakesFifteenAlternativesUnlessItIsAnAdvancedQuery() {
        String refused = "Too many child clauses specified in search filter expression containing 'OR' operators: 16."
                + " Max allowed: 15.";

        assertThat(box.graph.get("/users?$filter=" + joined(15)).status()).isEqualTo(200);
        assertThat(box.graph.get("/users?$filter=" + list(15)).status()).isEqualTo(200);
        assertThat(box.graph.get("/users?$filter=" + joined(16)).message()).isEqualTo(refused);
        Answer list = box.graph.get("/groups?$filter=" + list(16));
        assertThat(list.message()).isEqualTo(refused);
        assertThat(list.code()).isEqualTo("Request_UnsupportedQuery");
        assertThat(box.graph
                        .get("/users?$count=true&$filter=" + list(16), "ConsistencyLevel", "eventual")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/identity/conditionalAccess/policies?$filter=" + joined(16))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void longTextsAndManyQuotesInAFilterAreAnswered() {
        String quotes = "''".repeat(6_000);

        assertThat(box.graph
                        .get("/users?$filter=displayName eq '" + "a".repeat(12_000) + "'")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/users?$filter=displayName eq '" + quotes + "'")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph.get("/users?$filter=displayName eq '" + quotes).status())
                .isEqualTo(400);
    }

    @Test
    void anOptionStandsOnce() {
        Answer twice = box.graph.get("/users?$top=1&$top=2");

        assertThat(twice.code()).isEqualTo("BadRequest");
        assertThat(twice.message())
                .isEqualTo("Query option '$top' was specified more than once, but it must be specified at most once.");
        assertThat(box.graph.get("/users?$select=id&select=mail").status()).isEqualTo(400);
        assertThat(box.graph.get("/users?own=1&own=2").status()).isEqualTo(200);
    }

    @Test
    void literalsHaveTheTypeOfTheirProperty() {
        assertThat(box.graph.get("/users?$filter=accountEnabled eq 'true'").message())
                .isEqualTo(
                        "Invalid filter clause: A binary operator with incompatible types was detected. Found operand types"
                                + " 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'.");
        assertThat(box.graph
                        .get("/users?$filter=createdDateTime ge '2024-01-01T00:00:00Z'")
                        .message())
                .contains("'Edm.DateTimeOffset' and 'Edm.String' for operator kind 'GreaterThanOrEqual'");
        assertThat(box.graph.get("/users?$filter=displayName eq 5").message()).contains("'Edm.String' and 'Edm.Int32'");
        assertThat(box.graph
                        .get("/applications?$filter=appId eq 00000003-0000-0000-c000-000000000000")
                        .message())
                .contains("'Edm.String' and 'Edm.Guid'");
        assertThat(box.graph.get("/users?$filter=createdDateTime ge 2024-01-01").status())
                .isEqualTo(200);
        assertThat(box.graph.get("/users?$filter=city eq null").status()).isEqualTo(200);
    }

    @Test
    void aWrongVersionIsNamed() {
        for (String path : new String[] {"/v2.0/users", "/users"}) {
            Answer answer = box.graph.get(box.simulator.graphUrl() + path);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("BadRequest");
            assertThat(answer.message()).isEqualTo("Invalid version: " + path.split("/")[1]);
        }
    }

    @Test
    void betaPlacesOfEntitlementsAndStrengthsAreFound() {
        String beta = box.simulator.graphUrl() + "/beta/";

        assertThat(box.holding("EntitlementManagement.Read.All")
                        .get(beta + "identityGovernance/entitlementManagement/accessPackageAssignmentPolicies")
                        .status())
                .isEqualTo(200);
        assertThat(box.holding("EntitlementManagement.Read.All")
                        .get(beta + "identityGovernance/entitlementManagement/accessPackageAssignments")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get(beta + "identity/conditionalAccess/authenticationStrengths/policies")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theSecurePortSpeaksTheSecondVersionOfTheProtocol() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(box.secure())
                .build();
        URI users = box.simulator.httpsAuthorityUrl().resolve("/v1.0/users?$top=1");

        var answer = client.send(
                HttpRequest.newBuilder(users)
                        .header("Authorization", "Bearer " + box.graph.token())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("https://localhost:" + users.getPort() + "/v1.0/$metadata#users");
    }
}
