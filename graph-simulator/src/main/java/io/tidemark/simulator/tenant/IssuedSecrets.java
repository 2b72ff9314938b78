package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The secrets that were made for applications, by the ids of their keys; of those that came from an export only the hashes. */
final class IssuedSecrets {

    private final Map<String, String> byKey = new ConcurrentHashMap<>();
    private final Map<String, SealedSecret> sealed = new ConcurrentHashMap<>();

    void issued(String keyId, String secret) {
        byKey.put(keyId, secret);
    }

    /** Keeps what an export told: the secret of a key, or of a registered client. */
    void sealed(String holder, SealedSecret secret) {
        sealed.put(holder, secret);
    }

    /** Forgets what an export told of a client, which has another secret now. */
    void replaced(String clientId) {
        sealed.remove(clientId);
        byKey.remove(clientId);
    }

    /** Whether a secret belongs to a client that an export told. */
    boolean registered(String clientId, String secret) {
        return sealed.containsKey(clientId) && is(clientId, secret);
    }

    /** Whether a secret belongs to an application and its time is not over. Call it inside a read of the tenant. */
    boolean accepts(Tenant tenant, String appId, String secret, Instant now) {
        for (String table : List.of("applications", "servicePrincipals")) {
            Node node = tenant.findBy(Kinds.all().get(table), "appId", appId);
            for (JsonNode password : passwords(node)) {
                boolean open =
                        Moment.of(password.path("endDateTime").asText(), now).isAfter(now);
                if (open && is(password.path("keyId").asText(), secret)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean is(String holder, String secret) {
        String known = byKey.get(holder);
        if (known != null) {
            return known.equals(secret);
        }
        SealedSecret hashed = sealed.get(holder);
        boolean right = hashed != null && hashed.opens(secret);
        if (right) {
            // It need not be hashed again.
            byKey.put(holder, secret);
        }
        return right;
    }

    /** The hashes of all secrets that an object's passwords or a client has. Call it inside a read of the tenant. */
    Map<String, SealedSecret> all(Tenant tenant) {
        Map<String, SealedSecret> found = new LinkedHashMap<>();
        for (String table : List.of("applications", "servicePrincipals")) {
            for (Node node : tenant.after(Kinds.all().get(table), 0)) {
                for (JsonNode password : passwords(node)) {
                    SealedSecret secret = of(password.path("keyId").asText());
                    if (secret != null) {
                        found.put(password.path("keyId").asText(), secret);
                    }
                }
            }
        }
        for (ClientRegistration client : tenant.registrations()) {
            String secret = client.secret();
            SealedSecret told =
                    secret == null ? sealed.get(client.clientId()) : SealedSecret.of(secret, SealedSecret.CHOSEN);
            if (told != null) {
                found.put(client.clientId(), told);
            }
        }
        return found;
    }

    private @Nullable SealedSecret of(String keyId) {
        SealedSecret told = sealed.get(keyId);
        String known = byKey.get(keyId);
        return told != null || known == null ? told : SealedSecret.of(known, SealedSecret.RANDOM);
    }

    private static JsonNode passwords(@Nullable Node node) {
        JsonNode passwords = node == null ? null : node.entity().get("passwordCredentials");
        return passwords == null ? Json.array() : passwords;
    }
}
