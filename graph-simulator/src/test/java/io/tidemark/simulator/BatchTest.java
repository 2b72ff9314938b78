package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.quota.QuotaMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static JsonNode response(Answer answer, String id) {
        for (JsonNode response : answer.body().path("responses")) {
            if (response.path("id").asText().equals(id)) {
                return response;
            }
        }
        throw new AssertionError("no response " + id);
    }

    private static String create(String id, String name, String more) {
        return "{'id':'" + id + "','method':'POST','url':'/groups','headers':{'Content-Type':'application/json'}" + more
                + ",'body':{'displayName':'" + name + "','mailEnabled':false,'securityEnabled':true,'mailNickname':'"
                + name + "'}}";
    }

    @Test
    void everyInnerRequestHasItsOwnAnswerAndItsOwnEffect() {
        int before = box.simulator.ledger().size();

        Answer answer = box.graph.post(
                "/$batch",
                "{'requests':[" + create("1", "b1", "") + ",{'id':'2','method':'GET','url':'/groups/nope'}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(response(answer, "1").path("status").asInt()).isEqualTo(201);
        assertThat(response(answer, "1").at("/body/displayName").asText()).isEqualTo("b1");
        assertThat(response(answer, "2").path("status").asInt()).isEqualTo(400);
        assertThat(box.simulator.ledger().from(before + 1L))
                .singleElement()
                .satisfies(entry -> assertThat(entry.clientRequestId()).isEqualTo("1"));
    }

    @Test
    void aFailedDependencyIs424() {
        Answer answer = box.graph.post(
                "/$batch",
                "{'requests':[{'id':'1','method':'DELETE','url':'/groups/00000000-0000-4000-8000-000000000000'},"
                        + create("2", "b2", ",'dependsOn':['1']") + "]}");

        assertThat(response(answer, "1").path("status").asInt()).isEqualTo(404);
        assertThat(response(answer, "2").path("status").asInt()).isEqualTo(424);
        assertThat(box.graph.get("/groups?$filter=displayName eq 'b2'").body().path("value"))
                .isEmpty();
    }

    @Test
    void malformedBatchesAreRefusedAsAWhole() {
        String get = "{'id':'%s','method':'GET','url':'/groups'}";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            many.append(i == 0 ? "" : ",").append(String.format(get, i));
        }

        assertThat(box.graph.post("/$batch", "{'requests':[" + many + "]}").status())
                .isEqualTo(400);
        assertThat(box.graph
                        .post(
                                "/$batch",
                                "{'requests':[" + String.format(get, "a") + "," + String.format(get, "A") + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph
                        .post(
                                "/$batch",
                                "{'requests':[{'id':'1','method':'POST','url':'/groups','body':{'displayName':'x'}}]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void innerRequestsAreThrottledAlone() {
        try (Box real = Box.open(b -> b.quotas(QuotaMode.REAL))) {
            Answer answer = real.graph.post(
                    "/$batch",
                    "{'requests':[{'id':'1','method':'GET','url':'/identity/conditionalAccess/policies'},"
                            + "{'id':'2','method':'GET','url':'/identity/conditionalAccess/policies'},"
                            + "{'id':'3','method':'GET','url':'/groups'}]}");

            assertThat(response(answer, "1").path("status").asInt()).isEqualTo(200);
            assertThat(response(answer, "2").path("status").asInt()).isEqualTo(429);
            assertThat(response(answer, "2").path("headers").has("Retry-After")).isFalse();
            assertThat(response(answer, "3").path("status").asInt()).isEqualTo(200);
            assertThat(response(answer, "3").at("/headers/x-ms-resource-unit").asText())
                    .isEqualTo("1");
        }
    }
}
