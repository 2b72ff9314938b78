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
    void threeThousandWritesGoAtOnceAndThenTwentyPerSecond() {
        String group = box.group("written");
        int passed = 1;
        Answer last = null;
        for (int batch = 0; batch < 151; batch++) {
            last = box.graph.post("/$batch", patches(20, group));
            for (var response : last.body().path("responses")) {
                passed += response.path("status").asInt() == 204 ? 1 : 0;
            }
        }
        box.simulator.clock().advance(Duration.ofSeconds(1));
        int afterOneSecond = 0;
        for (int i = 0; i < 25; i++) {
            afterOneSecond +=
                    box.graph.patch("/groups/" + group, "{'description':'x'}").status() == 204 ? 1 : 0;
        }

        assertThat(passed).isEqualTo(3000);
        var refused = last.body().at("/responses/19");
        assertThat(refused.path("status").asInt()).isEqualTo(429);
        assertThat(refused.at("/headers/x-ms-throttle-information").asText()).isEqualTo("WriteLimitExceeded");
        assertThat(refused.at("/headers/x-ms-throttle-scope").asText()).startsWith("Tenant_Application/Write/");
        assertThat(refused.at("/headers/Retry-After").asInt()).isEqualTo(1);
        assertThat(afterOneSecond).isEqualTo(20);
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
        box.simulator.clock().advance(Duration.ofSeconds(2));

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(sixth.header("Retry-After")).isEqualTo("2");
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
}
