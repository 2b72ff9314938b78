package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.quota.QuotaMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private Box box;

    @BeforeEach
    void open() {
        Clock still = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
        box = Box.open(b -> b.quotas(QuotaMode.REAL).time(still));
    }

    @AfterEach
    void close() {
        box.close();
    }

    private static String patches(int count, String group) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(i == 0 ? "" : ",")
                    .append("{'id':'" + i + "','method':'PATCH','url':'/groups/" + group
                            + "','headers':{'Content-Type':'application/json'},'body':{'description':'" + i + "'}}");
        }
        return "{'requests':[" + requests + "]}";
    }

    @Test
    void threeThousandWritesGoAtOnceAndRefusedOnesArePaidLater() {
        String group = box.group("written");
        int passed = 1;
        Answer last = null;
        for (int batch = 0; batch < 151; batch++) {
            last = box.graph.post("/$batch", patches(20, group));
            for (var response : last.body().path("responses")) {
                passed += response.path("status").asInt() == 204 ? 1 : 0;
            }
        }
        box.simulator.clock().advance(Duration.ofSeconds(2));
        int afterTwoSeconds = 0;
        for (int i = 0; i < 25; i++) {
            afterTwoSeconds +=
                    box.graph.patch("/groups/" + group, "{'description':'x'}").status() == 204 ? 1 : 0;
        }

        assertThat(passed).isEqualTo(3000);
        var refused = last.body().at("/responses/19");
        assertThat(refused.path("status").asInt()).isEqualTo(429);
        assertThat(refused.at("/headers/x-ms-throttle-information").asText()).isEqualTo("WriteLimitExceeded");
        assertThat(refused.at("/headers/x-ms-throttle-scope").asText()).startsWith("Tenant_Application/Write/");
        assertThat(refused.at("/headers/Retry-After").asInt()).isEqualTo(2);
        assertThat(afterTwoSeconds).isEqualTo(19);
    }

    @Test
    void aClientThatWaitsIsServedAgainAndOneThatHammersWaitsLonger() {
        for (int i = 0; i < 5; i++) {
            box.graph.get("/auditLogs/directoryAudits");
        }
        String first = box.graph.get("/auditLogs/directoryAudits").header("Retry-After");
        String second = box.graph.get("/auditLogs/directoryAudits").header("Retry-After");
        box.simulator.clock().advance(Duration.ofSeconds(Long.parseLong(second)));

        assertThat(first).isEqualTo("4");
        assertThat(second).isEqualTo("6");
        assertThat(box.graph.get("/auditLogs/directoryAudits").status()).isEqualTo(200);
    }

    @Test
    void readsTellTheirCostAndRunOut() {
        box.user("reader");
        assertThat(box.graph.get("/users").header("x-ms-resource-unit")).isEqualTo("2");
        assertThat(box.graph.get("/users?$select=id").header("x-ms-resource-unit"))
                .isEqualTo("1");
        assertThat(box.graph.get("/users?$expand=manager").header("x-ms-resource-unit"))
                .isEqualTo("3");
        assertThat(box.graph.get("/users?$top=5&$select=id").header("x-ms-resource-unit"))
                .isEqualTo("1");

        String shown = "";
        int spent = 7;
        Answer answer = box.graph.get("/users");
        while (answer.status() == 200) {
            spent += 2;
            shown = answer.header("x-ms-throttle-limit-percentage");
            answer = box.graph.get("/users");
        }

        assertThat(spent).isBetween(3498, 3500);
        assertThat(shown).isEqualTo("1.0");
        assertThat(answer.header("x-ms-throttle-information")).isEqualTo("ResourceUnitLimitExceeded");
        assertThat(answer.body().at("/error/innerError/status").asText()).isEqualTo("429");
    }

    @Test
    void reportsAllowFiveRequestsInTenSeconds() {
        for (int i = 0; i < 5; i++) {
            assertThat(box.graph.get("/auditLogs/directoryAudits").status()).isEqualTo(200);
        }
        Answer sixth = box.graph.get("/auditLogs/directoryAudits");
        box.simulator.clock().advance(Duration.ofSeconds(4));

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.header("Retry-After")).isEqualTo("4");
        assertThat(box.graph.get("/auditLogs/directoryAudits").status()).isEqualTo(200);
    }

    @Test
    void fastQuotasAllowTwentyTimesAsMuch() {
        box.simulator.quotas().mode(QuotaMode.FAST);

        int passed = 0;
        for (int i = 0; i < 30; i++) {
            passed += box.graph.get("/identity/conditionalAccess/policies").status() == 200 ? 1 : 0;
        }

        assertThat(passed).isEqualTo(20);
    }

    private int passing(int tries, String path) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += box.graph.get(path).status() == 429 ? 0 : 1;
        }
        return passed;
    }

    @Test
    void authenticationMethodsAreCountedAmongReports() {
        String user = box.user("methods");

        assertThat(passing(8, "/users/" + user + "/authentication/phoneMethods"))
                .isEqualTo(5);
    }

    @Test
    void onlyPoliciesLocationsAndRiskAreHeldToOneRequestASecond() {
        assertThat(passing(3, "/identity/conditionalAccess/namedLocations")).isEqualTo(1);
        assertThat(passing(3, "/identity/conditionalAccess/authenticationContextClassReferences"))
                .isEqualTo(3);
        assertThat(passing(3, "/policies/authenticationStrengthPolicies")).isEqualTo(3);
    }

    @Test
    void conditionalAccessDoesNotTellWhenToComeAgain() {
        box.graph.get("/identity/conditionalAccess/policies");
        Answer refused = box.graph.get("/identity/conditionalAccess/policies");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.header("x-ms-throttle-scope")).startsWith("Tenant/ReadWrite/" + Box.ADMIN);
    }

    @Test
    void identityProvidersAllowTwoHundredRequestsInAMinute() {
        assertThat(passing(203, "/identity/identityProviders")).isEqualTo(200);
    }

    @Test
    void signInActivityAllowsTenRequestsInAMinuteWhetherSelectedOrFiltered() {
        assertThat(passing(6, "/users?$select=id,signInActivity")).isEqualTo(6);
        assertThat(passing(6, "/users?$filter=signInActivity/lastSignInDateTime ge 2026-01-01T00:00:00Z"))
                .isEqualTo(4);
    }

    @Test
    void whoWritesPaysAUnitBesidesTheWrite() {
        String group = box.group("paying");
        Answer written = box.graph.patch("/groups/" + group, "{'description':'x'}");

        assertThat(written.header("x-ms-resource-unit")).isEqualTo("1");
        assertThat(box.graph
                        .post("/directoryObjects/getByIds", "{'ids':['" + group + "']}")
                        .header("x-ms-resource-unit"))
                .isEqualTo("5");
        assertThat(box.graph
                        .post("/directoryObjects/getByIds?$select=id", "{'ids':['" + group + "']}")
                        .header("x-ms-resource-unit"))
                .isEqualTo("2");
    }

    @Test
    void costsAreToldOnlyBySuccessfulAnswersOfTheDirectory() {
        assertThat(box.graph.get("/groups/00000000-0000-0000-0000-000000000001").header("x-ms-resource-unit"))
                .isEmpty();
        assertThat(box.graph.get("/identity/conditionalAccess/policies").header("x-ms-resource-unit"))
                .isEmpty();
    }

    @Test
    void applicationsForPersonalAccountsMayBeWrittenSixtyTimesAMinute() {
        String app = box.graph
                .post(
                        "/applications",
                        "{'displayName':'personal','signInAudience':'AzureADandPersonalMicrosoftAccount',"
                                + "'api':{'requestedAccessTokenVersion':2}}")
                .body()
                .path("id")
                .asText();
        int passed = 0;
        for (int i = 0; i < 62; i++) {
            passed += box.graph
                                    .patch("/applications/" + app, "{'notes':'" + i + "'}")
                                    .status()
                            == 204
                    ? 1
                    : 0;
        }

        assertThat(app).isNotEmpty();
        assertThat(passed).isEqualTo(59);
    }
}
