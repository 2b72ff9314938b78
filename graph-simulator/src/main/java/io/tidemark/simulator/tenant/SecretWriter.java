package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Properties that only actions can change: passwords of applications, combinations of authentication strengths. */
public final class SecretWriter {

    private static final String PASSWORDS = "passwordCredentials";
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    private final TenantWriter writer;

    public SecretWriter(TenantWriter writer) {
        this.writer = writer;
    }

    /** Adds a password and gives it away this one time. */
    public ObjectNode add(Node node, JsonNode wanted) {
        passwords(node);
        Ownership.guard(writer, node);
        String secret = writer.tenant().newSecret();
        ObjectNode credential = credential(wanted, secret);
        ArrayNode all = Json.array();
        JsonNode present = node.entity().get(PASSWORDS);
        if (present != null) {
            present.forEach(all::add);
        }
        AudienceRules.checkSecrets(node, all.size());
        all.add(credential);
        writer.change(node, Map.of(PASSWORDS, all), activity(node, true));
        writer.context().answer(200);
        return credential.deepCopy().put("secretText", secret);
    }

    /** Makes the passwords that a new application is to have, and gives them away this one time. */
    public void begin(Body body) {
        JsonNode wanted = body.properties().get(PASSWORDS);
        if (wanted == null || wanted.isEmpty()) {
            return;
        }
        ArrayNode stored = Json.array();
        ArrayNode told = Json.array();
        for (JsonNode one : wanted) {
            String secret = writer.tenant().newSecret();
            ObjectNode credential = credential(one, secret);
            stored.add(credential);
            told.add(credential.deepCopy().put("secretText", secret));
        }
        body.properties().put(PASSWORDS, stored);
        writer.context().revealed().set(PASSWORDS, told);
    }

    private ObjectNode credential(JsonNode wanted, String secret) {
        Instant now = writer.context().time();
        ObjectNode credential = Json.object();
        credential.set("customKeyIdentifier", Json.text(null));
        credential.set("displayName", wanted.hasNonNull("displayName") ? wanted.get("displayName") : Json.text(null));
        credential.set(
                "endDateTime",
                wanted.hasNonNull("endDateTime") ? wanted.get("endDateTime") : Json.time(now.plus(TWO_YEARS)));
        credential.put("hint", secret.substring(0, 3));
        credential.put("keyId", writer.tenant().newId());
        credential.set("secretText", Json.text(null));
        credential.set(
                "startDateTime", wanted.hasNonNull("startDateTime") ? wanted.get("startDateTime") : Json.time(now));
        writer.tenant().secrets().issued(credential.path("keyId").asText(), secret);
        return credential;
    }

    /** Removes a password. */
    public void remove(Node node, String keyId) {
        passwords(node);
        Ownership.guard(writer, node);
        ArrayNode rest = Json.array();
        JsonNode present = node.entity().get(PASSWORDS);
        if (present != null) {
            present.forEach(c -> {
                if (!c.path("keyId").asText().equalsIgnoreCase(keyId)) {
                    rest.add(c);
                }
            });
        }
        if (present == null || rest.size() == present.size()) {
            throw GraphRefusal.badRequest("No password credential found with keyId '" + keyId + "'.");
        }
        writer.change(node, Map.of(PASSWORDS, rest), activity(node, false));
    }

    private static void passwords(Node node) {
        if (!node.kind().properties().containsKey(PASSWORDS)) {
            throw GraphRefusal.notImplemented("Objects of this kind have no passwords.");
        }
    }

    private static String activity(Node node, boolean added) {
        if (node.kind().type().equals("application")) {
            return "Update application – Certificates and secrets management ";
        }
        return added ? "Add service principal credentials" : "Remove service principal credentials";
    }

    /** Replaces the combinations of an authentication strength and tells the former ones. */
    public JsonNode combinations(Node node, JsonNode wanted) {
        JsonNode previous = node.entity().get("allowedCombinations");
        if (previous == null || !wanted.isArray() || wanted.isEmpty()) {
            throw GraphRefusal.badQuery("An authentication strength needs at least one combination.");
        }
        if ("builtIn".equals(node.entity().text("policyType"))) {
            throw GraphRefusal.badQuery("Built-in authentication strength policies cannot be changed.");
        }
        writer.change(
                node,
                Map.of(
                        "allowedCombinations",
                        wanted,
                        "modifiedDateTime",
                        Json.time(writer.context().time())),
                null);
        writer.context().answer(200);
        return previous;
    }
}
