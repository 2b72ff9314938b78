package io.tidemark.simulator.rules.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Configurations of devices: texts of custom settings are kept secret. */
final class DeviceConfigurationRules implements KindRules {

    static final String SECRETS = "~omaSecrets";
    private static final String SETTINGS = "omaSettings";
    private static final String MASK = "****";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        mask(writer, Json.object(), body);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.children().isEmpty()) {
            throw IntuneRefusal.of("Assignments are not changed with the configuration.");
        }
        JsonNode known = node.entity().get(SECRETS);
        mask(writer, known == null ? Json.object() : (ObjectNode) known.deepCopy(), body);
    }

    private static void mask(TenantWriter writer, ObjectNode secrets, Body body) {
        JsonNode settings = body.properties().get(SETTINGS);
        if (settings == null || !settings.isArray()) {
            return;
        }
        ArrayNode masked = Json.array();
        for (JsonNode setting : settings) {
            ObjectNode copy = setting.deepCopy();
            boolean text = setting.path("@odata.type").asText().contains("omaSettingString");
            if (text && !MASK.equals(setting.path("value").asText())) {
                String reference =
                        writer.tenant().newId() + "_" + writer.tenant().newId();
                secrets.set(reference, setting.path("value"));
                copy.put("value", MASK).put("isEncrypted", true).put("secretReferenceValueId", reference);
            }
            masked.add(copy);
        }
        body.properties().put(SETTINGS, masked);
        body.properties().put(SECRETS, secrets);
    }
}
