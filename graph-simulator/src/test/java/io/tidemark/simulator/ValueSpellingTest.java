package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients say how numbers and words of enumerations are to be spelled. */
class ValueSpellingTest {

    private static final String EXACT = "application/json;odata.metadata=minimal;IEEE754Compatible=true";
    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String PRINCIPAL = "88888888-0000-4000-8000-000000000001";

    private static Box box;
    private static GraphClient graph;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            sink.object(
                    "servicePrincipals",
                    Json.object().put("id", PRINCIPAL).put("appId", PRINCIPAL).put("displayName", "provisioned"));
            ObjectNode job = Json.object().put("id", "job").put("templateId", "customappsso");
            job.putObject("status")
                    .put("countSuccessiveCompleteFailures", 9_007_199_254_740_993L)
                    .put("escrowsPruned", false)
                    .put("code", "Paused");
            sink.object("synchronizationJobs", job);
            sink.link("servicePrincipals", PRINCIPAL, "synchronization/jobs", "job");
        });
        graph = box.holding(Permissions.all().toArray(String[]::new));
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static JsonNode failures(Answer job) {
        return job.body().at("/status/countSuccessiveCompleteFailures");
    }

    @Test
    void largeNumbersAreTextsForThoseWhoAsk() {
        String job = "/servicePrincipals/" + PRINCIPAL + "/synchronization/jobs/job";

        Answer plain = graph.get(job);
        Answer exact = graph.get(job, "Accept", EXACT);

        assertThat(failures(plain).isNumber()).isTrue();
        assertThat(plain.header("Content-Type")).contains("IEEE754Compatible=false");
        assertThat(failures(exact).textValue()).isEqualTo("9007199254740993");
        assertThat(exact.header("Content-Type")).contains("IEEE754Compatible=true");
    }

    @Test
    void countsAreLargeNumbers() {
        Answer users = graph.get("/users?$count=true", "Accept", EXACT, "ConsistencyLevel", "eventual");

        assertThat(users.body().path("@odata.count").isTextual()).isTrue();
        assertThat(graph.get("/users?$count=true", "ConsistencyLevel", "eventual")
                        .body()
                        .path("@odata.count")
                        .isNumber())
                .isTrue();
    }

    @Test
    void membersThatCameLateAreToldToThoseWhoKnowOfThem() {
        Answer made = graph.post(
                POLICIES,
                "{'displayName':'platforms','state':'disabled','conditions':{'applications':{'includeApplications':['All']},"
                        + "'users':{'includeUsers':['All']},'platforms':{'includePlatforms':['android','linux']}},"
                        + "'grantControls':{'operator':'OR','builtInControls':['block']}}");
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        String policy = POLICIES + "/" + made.body().path("id").asText();
        String platforms = "/conditions/platforms/includePlatforms";

        assertThat(made.body().at(platforms).toString()).isEqualTo("[\"android\",\"unknownFutureValue\"]");
        assertThat(graph.get(policy).body().at(platforms).toString()).isEqualTo("[\"android\",\"unknownFutureValue\"]");
        assertThat(graph.get(POLICIES).body().at("/value/0" + platforms).toString())
                .isEqualTo("[\"android\",\"unknownFutureValue\"]");
        assertThat(graph.get(policy, "Prefer", "include-unknown-enum-members")
                        .body()
                        .at(platforms)
                        .toString())
                .isEqualTo("[\"android\",\"linux\"]");
    }
}
