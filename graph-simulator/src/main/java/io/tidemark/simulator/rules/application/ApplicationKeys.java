package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;

/** The certificates of applications and service principals. */
final class ApplicationKeys {

    private ApplicationKeys() {}

    /** Refuses another certificate under the id of one that is there. */
    static void unchanged(Node node, Body body) {
        JsonNode sent = body.properties().get("keyCredentials");
        JsonNode present = node.entity().get("keyCredentials");
        if (sent == null || present == null) {
            return;
        }
        for (JsonNode now : sent) {
            for (JsonNode before : present) {
                boolean same = now.hasNonNull("keyId")
                        && now.path("keyId")
                                .asText()
                                .equalsIgnoreCase(before.path("keyId").asText());
                boolean other = now.hasNonNull("key") && !now.path("key").equals(before.path("key"));
                if (same && other) {
                    throw GraphRefusal.badRequest("Update to existing credential with KeyId '"
                            + now.path("keyId").asText() + "' is not allowed.");
                }
            }
        }
    }
}
