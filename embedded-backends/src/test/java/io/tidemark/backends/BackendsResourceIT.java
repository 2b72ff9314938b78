package io.tidemark.backends;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.Topic;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class BackendsResourceIT {

    @Test
    void aTestGetsABrokerWithAllTopicsAndADatabase() throws Exception {
        var resource = new BackendsResource();
        resource.init(Map.of("topics.prefix", "mine"));

        Map<String, String> settings = resource.start();

        try (var admin = Admin.create(Map.of("bootstrap.servers", settings.get("kafka.bootstrap.servers")))) {
            assertThat(admin.listTopics().names().get())
                    .contains(Topic.OBJECT_STATE.name("mine"), Topic.deadLetters("mine", "diff-service"));
            assertThat(settings.get("quarkus.mongodb.connection-string")).endsWith("retryWrites=false");
        } finally {
            resource.stop();
        }
    }
}
