package io.tidemark.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.ObjectState;
import io.tidemark.snapshot.publish.RefusingBroker;
import org.junit.jupiter.api.Test;

/** Captures that the broker does not let come to their end. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(SimulatorResource.class)
class BrokerAwayIT extends CapturingService {

    @Test
    void whatWasNamedIsReadOnceTheBrokerIsBack() {
        String user = cloudUsers().get(85);
        String unused = tenant.change("PATCH", "users/" + user, "{\"city\":\"Visby\"}");
        RefusingBroker.refuse(1);

        JsonPath refused =
                order("{\"mode\":\"TARGETED\",\"objects\":[{\"type\":\"user\",\"id\":\"%s\"}]}".formatted(user));

        assertThat(refused.getString("state")).isEqualTo("FAILED");
        assertThat(refused.getString("reason")).isEqualTo("the broker did not take what was read");
        await().atMost(PATIENCE).untilAsserted(() -> {
            received.readAll();
            ObjectState newest = received.newest("user|" + user).orElseThrow();
            assertThat(newest.body().findString("city")).contains("Visby");
        });
    }
}
