package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Ownership;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can be done with applications and service principals beside passwords. */
final class ApplicationActions {

    private static final String KEYS = "keyCredentials";

    private ApplicationActions() {}

    /** Adds a certificate; the caller proves that it holds a present one. */
    static Outcome addKey(TenantWriter writer, Node node, ObjectNode body) {
        Ownership.guard(writer, node);
        JsonNode sent = body.path("keyCredential");
        proof(node, body);
        if (!sent.hasNonNull("key")) {
            throw GraphRefusal.invalidValue("keyCredential", node.kind().type());
        }
        ObjectNode key = Json.object();
        key.set("customKeyIdentifier", Json.text(null));
        key.set("displayName", sent.has("displayName") ? sent.get("displayName") : Json.text(null));
        key.set("endDateTime", sent.hasNonNull("endDateTime") ? sent.get("endDateTime") : year(writer));
        key.set("key", sent.get("key"));
        key.put("keyId", writer.tenant().newId());
        key.set("startDateTime", Json.time(writer.context().time()));
        key.put("type", sent.path("type").asText("AsymmetricX509Cert"));
        key.put("usage", sent.path("usage").asText("Verify"));
        ArrayNode all = present(node);
        all.add(key);
        writer.change(node, Map.of(KEYS, all), activity(node));
        return Outcome.value("microsoft.graph.keyCredential", key.deepCopy().putNull("key"));
    }

    static Outcome removeKey(TenantWriter writer, Node node, ObjectNode body) {
        Ownership.guard(writer, node);
        proof(node, body);
        ArrayNode rest = Json.array();
        present(node).forEach(k -> {
            if (!k.path("keyId").asText().equalsIgnoreCase(body.path("keyId").asText())) {
                rest.add(k);
            }
        });
        if (rest.size() == present(node).size()) {
            throw GraphRefusal.badRequest(
                    "No key credential found with keyId '" + body.path("keyId").asText() + "'.");
        }
        writer.change(node, Map.of(KEYS, rest), activity(node));
        return Outcome.empty(204);
    }

    private static void proof(Node node, ObjectNode body) {
        if (present(node).isEmpty() || body.path("proof").asText().split("\\.").length != 3) {
            throw new GraphRefusal(401, "Authentication_MissingOrMalformed", "Access Token missing or malformed.");
        }
    }

    private static ArrayNode present(Node node) {
        ArrayNode keys = Json.array();
        JsonNode stored = node.entity().get(KEYS);
        if (stored != null) {
            stored.forEach(keys::add);
        }
        return keys;
    }

    private static JsonNode year(TenantWriter writer) {
        return Json.time(writer.context().time().plus(Duration.ofDays(365)));
    }

    private static String activity(Node node) {
        return node.kind().type().equals("application")
                ? "Update application – Certificates and secrets management "
                : "Update service principal";
    }

    static Outcome verify(TenantWriter writer, Node node, ObjectNode body) {
        String id = body.path("verifiedPublisherId").asText();
        if (!id.matches("\\d{4,}")) {
            throw new GraphRefusal(400, "MPNAccountNotFoundOrNoAccess", "The MPN ID you provided does not exist.");
        }
        ObjectNode publisher = Json.object();
        publisher.put("displayName", "Publisher " + id);
        publisher.put("verifiedPublisherId", id);
        publisher.set("addedDateTime", Json.time(writer.context().time()));
        writer.change(node, Map.of("verifiedPublisher", publisher), "Set verified publisher");
        return Outcome.empty(204);
    }

    static Outcome unverify(TenantWriter writer, Node node, ObjectNode body) {
        ObjectNode publisher = Json.object();
        publisher.putNull("displayName").putNull("verifiedPublisherId").putNull("addedDateTime");
        writer.change(node, Map.of("verifiedPublisher", publisher), "Unset verified publisher");
        return Outcome.empty(204);
    }

    /** A pair of keys for signing SAML tokens; the private one stays here. */
    static Outcome addSigningCertificate(TenantWriter writer, Node node, ObjectNode body) {
        Ownership.guard(writer, node);
        String name = body.path("displayName").asText();
        if (!name.startsWith("CN=")) {
            throw GraphRefusal.invalidValue("displayName", "selfSignedCertificate");
        }
        JsonNode end = body.hasNonNull("endDateTime") ? body.get("endDateTime") : year(writer);
        String thumbprint = writer.tenant().newId().replace("-", "").toUpperCase(java.util.Locale.ROOT);
        ArrayNode all = present(node);
        Map<String, JsonNode> changes = new LinkedHashMap<>();
        ObjectNode told = Json.object();
        for (String usage : new String[] {"Sign", "Verify"}) {
            ObjectNode key = all.addObject();
            key.put("customKeyIdentifier", thumbprint);
            key.put("displayName", name);
            key.set("endDateTime", end);
            key.put("keyId", writer.tenant().newId());
            key.set("startDateTime", Json.time(writer.context().time()));
            key.put("type", usage.equals("Sign") ? "X509CertAndPassword" : "AsymmetricX509Cert");
            key.put("usage", usage);
            key.putNull("key");
            told = key.deepCopy();
        }
        changes.put(KEYS, all);
        changes.put("preferredTokenSigningKeyThumbprint", Json.text(thumbprint));
        writer.change(node, changes, "Add service principal credentials");
        told.put("thumbprint", thumbprint);
        return Outcome.value("microsoft.graph.selfSignedCertificate", told);
    }
}
