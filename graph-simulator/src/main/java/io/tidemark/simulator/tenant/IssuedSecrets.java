package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The secrets that were made for applications, by the ids of their keys. */
final class IssuedSecrets {

    private final Map<String, String> byKey = new ConcurrentHashMap<>();

    void issued(String keyId, String secret) {
        byKey.put(keyId, secret);
    }

    /** Whether a secret belongs to an application and its time is not over. Call it inside a read of the tenant. */
    boolean accepts(Tenant tenant, String appId, String secret, Instant now) {
        for (String table : List.of("applications", "servicePrincipals")) {
            Node node = tenant.findBy(Kinds.all().get(table), "appId", appId);
            JsonNode passwords = node == null ? null : node.entity().get("passwordCredentials");
            for (JsonNode password : passwords == null ? Json.array() : passwords) {
                boolean open =
                        Moment.of(password.path("endDateTime").asText(), now).isAfter(now);
                if (open && secret.equals(byKey.get(password.path("keyId").asText()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
